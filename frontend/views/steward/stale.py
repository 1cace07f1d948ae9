"""What grows stale in the directory, for stewards: whom to write to, and what to look up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.enums import Freshness
from directory.queries.growing_stale import FIRST, Stale, stale_listings
from frontend.desk.steward import Stewarding, steward_page
from network.permissions import Permission

AGES = (Freshness.FRESH, Freshness.AGEING, Freshness.STALE, Freshness.UNKNOWN)


@require_safe
@steward_page(Permission.REPORT_DECIDE)
def stale(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """Entries of groups that nobody confirmed lately, and those whose source is old."""
    found = stale_listings(stewarding.actor)
    context = {
        "part": "stale",
        "own": found.own,
        "unclaimed": found.unclaimed,
        "own_ages": _ages(found.own),
        "unclaimed_ages": _ages(found.unclaimed),
        "first": FIRST,
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/stale.html", context)


def _ages(stale: Stale) -> list[tuple[str, int]]:
    """How many entries are of each age, freshest first."""
    return [(age.value, stale.counts[age]) for age in AGES]
