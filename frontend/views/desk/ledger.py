"""Places of detention at a group's desk: which ones, and what is said about each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.actions.stating.releasing import entry_of
from directory.models import Facility
from directory.queries.access_ledger import entries_of, standings
from directory.queries.cards import card_names
from directory.queries.cursor import BadCursorError, Cursor, decode_cursor, page_in_order
from directory.queries.facilities import (
    FacilityFilter,
    claims_about,
    facilities_matching,
    facility_by_slug,
)
from directory.queries.orders import Order
from directory.queries.search import facilities_by_relevance
from directory.queries.stated import PLACES, own_places, reports_of, state_of
from directory.queries.visiting_rules import rules_of
from frontend.desk.page import Desk, desk_page
from frontend.forms.desk.ledger import PlaceSearchForm
from network.permissions import Permission

FOUND = 20
BAD_REQUEST = 400


@require_safe
@desk_page(Permission.LEDGER_WRITE)
def places(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The places that the group visits or has stated anything about, and a search for others."""
    form = PlaceSearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = facilities_matching(FacilityFilter(q=words)) if words else Facility.objects.none()
    context: dict[str, Any] = {
        "desk": desk,
        "part": "places",
        "form": form,
        "words": words,
        "found": list(facilities_by_relevance(found, words)[:FOUND]) if words else [],
        "page": page_in_order(own_places(desk.actor), PLACES, cursor_in(request, PLACES)),
    }
    status = 200 if form.is_valid() else BAD_REQUEST
    return render(request, "frontend/desk/ledger/places.html", context, status=status)


@require_safe
@desk_page(Permission.LEDGER_WRITE)
def place(request: HttpRequest, desk: Desk, facility: str) -> HttpResponse:
    """One place: what the group states about it, and what others say beside it."""
    found = place_at(facility)
    if found.merged_into is not None:
        whole = found.merged_into.slug
        return redirect("desk:place", organization=desk.organization.slug, facility=whole)
    claims, rules = list(claims_about(found)), list(rules_of(found))
    events = entries_of(found)
    slug = desk.organization.slug
    reports = list(reports_of(desk.actor).filter(facility=found, cancelled_at=None)[:FOUND])
    authors = card_names([*(one.author for one in rules), *(one.author for one in claims)])
    context = {
        "desk": desk,
        "part": "places",
        "place": found,
        "own_claim": next((one for one in claims if one.author == slug), None),
        "other_claims": [one for one in claims if one.author != slug],
        "own_rules": [one for one in rules if one.author == slug],
        "other_rules": [one for one in rules if one.author != slug],
        "reports": [(one, entry_of(one), state_of(one)) for one in reports],
        "standings": standings(events, timezone.localdate()),
        "authors": {**authors, slug: desk.organization.name},
    }
    return render(request, "frontend/desk/ledger/place.html", context)


def place_at(slug: str) -> Facility:
    """The place of an address.

    Raises:
        Http404: there is none.
    """
    try:
        return facility_by_slug(slug)
    except Facility.DoesNotExist:
        raise Http404(_("There is no place at this address.")) from None


def cursor_in(request: HttpRequest, order: Order) -> Cursor | None:
    """The cursor that an address carries.

    Raises:
        Http404: it is none of this list.
    """
    text = request.GET.get("cursor", "")
    try:
        return decode_cursor(text, order.kind) if text else None
    except BadCursorError:
        raise Http404(_("This is no page of the list.")) from None
