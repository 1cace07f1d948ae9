"""The first page of the stewards' desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.queries.waiting_for_stewards import MOST, Waits, waiting_for_stewards
from frontend.desk.steward import Stewarding, steward_page
from messaging.queries.reports import words_waiting
from network.permissions import Permission
from network.queries.stewarding import FEW, steward_count, verified_groups
from network.queries.support import support_asked_by
from network.tenancy import Actor


@require_safe
@steward_page(Permission.APPLICATION_DECIDE)
def overview(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """What waits, the oldest first, and how many look after this node."""
    verified = verified_groups()
    context = {
        "part": "overview",
        "waiting": sorted(
            [*waiting_for_stewards(stewarding.actor), *_reported(stewarding.actor)],
            key=lambda one: one.since,
        ),
        "verified": verified,
        "is_few": verified < FEW,
        "stewards": steward_count(),
        "support": support_asked_by(stewarding.actor),
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/overview.html", context)


def _reported(actor: Actor) -> list[Waits]:
    """Messages that were reported, of groups to which the reader does not belong."""
    return [
        Waits(
            "messages",
            one.report_id,
            str(one.report.get_kind_display()),
            one.about_name,
            one.report.created_at,
        )
        for one in words_waiting(actor)[:MOST]
    ]
