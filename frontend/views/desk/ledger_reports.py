"""Reports to the ledger of access: written, looked at, sent, taken back, corrected."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.stating import (
    StaleError,
    cancel_report,
    check_report,
    report_access_event,
    supersede_event,
)
from directory.actions.stating.event_values import FIELDS
from directory.actions.stating.releasing import entry_of
from directory.actions.stating.signing import signature_after, signing_card
from directory.models import AccessReport, Facility
from directory.queries.coalitions import own_coalitions
from directory.queries.cursor import page_in_order
from directory.queries.facilities import listings_visiting
from directory.queries.stated import REPORTS, reports_of, state_of
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.desk.steps import Steps
from frontend.forms.desk.ledger_event import EventForm
from frontend.views.desk.ledger import cursor_in, place_at
from frontend.views.desk.ledger_claims import FORM_METHODS
from network.permissions import Permission


@require_safe
@desk_page(Permission.LEDGER_WRITE)
def reports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All that the group has reported: what waits, what is public, what was taken back."""
    page = page_in_order(reports_of(desk.actor), REPORTS, cursor_in(request, REPORTS))
    context = {
        "desk": desk,
        "part": "places",
        "page": page,
        "rows": [(one, entry_of(one), state_of(one)) for one in page.rows],
    }
    return render(request, "frontend/desk/ledger/reports.html", context)


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def report(request: HttpRequest, desk: Desk, facility: str = "") -> HttpResponse:
    """A new entry, about a place or about a country."""
    return _form(request, desk, place_at(facility) if facility else None, None)


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def correct(request: HttpRequest, desk: Desk, report_id: UUID) -> HttpResponse:
    """A correction of the group's own entry, which begins with what that says."""
    found = reports_of(desk.actor).get(pk=report_id)
    return _form(request, desk, found.facility, found)


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def cancel(request: HttpRequest, desk: Desk, report_id: UUID) -> HttpResponse:
    """Asks once, then takes a waiting report back."""
    found = reports_of(desk.actor).get(pk=report_id)
    status = 200
    if request.method == "POST":
        try:
            cancel_report(desk.actor, report=found)
        except StaleError:
            # It went out while the page was open.
            found, status = reports_of(desk.actor).get(pk=report_id), 409
        else:
            messages.success(request, _("Taken back. It never becomes public."))
            return _to_reports(desk)
    context = {"desk": desk, "part": "places", "report": found, "state": state_of(found)}
    context["entry"] = entry_of(found)
    return render(request, "frontend/desk/ledger/cancel.html", context, status=status)


def _form(
    request: HttpRequest, desk: Desk, place: Facility | None, corrected: AccessReport | None
) -> HttpResponse:
    def check(form: EventForm) -> dict[str, Any]:
        made = check_report(
            desk.actor, values=form.values(), corrected=corrected, has_looked=form.has_looked
        )
        listed = list(listings_visiting(place)[:2]) if place else []
        return {
            "entry": entry_of(made),
            "report": made,
            "visitors": len(listed),
            "now": timezone.now(),
            "day": made.publish_at.date(),
        }

    def send(form: EventForm) -> HttpResponse:
        said: dict[str, Any] = {
            "values": form.values(),
            "submission": form.submitted_as,
            "has_looked": form.has_looked,
        }
        if corrected is None:
            made = report_access_event(desk.actor, **said)
        else:
            made = supersede_event(desk.actor, report=corrected, **said)
        is_out = made.released_at is not None
        words = _("This is public now.") if is_out else _("It waits for its day.")
        messages.success(request, words)
        return _to_reports(desk)

    def make(*args: Any, **kwargs: Any) -> EventForm:
        kwargs.setdefault("initial", _initial_of(corrected))
        return EventForm(
            *args,
            name=desk.organization.name,
            place=place.slug if place else "",
            signature=signature_after(corrected) if corrected else "",
            coalitions=_coalitions(desk, corrected),
            **kwargs,
        )

    context = {"desk": desk, "part": "places", "place": place, "corrected": corrected}
    template = "frontend/desk/ledger/report.html"
    return Steps(request, template, context, make, check, send).answer()


def _coalitions(desk: Desk, corrected: AccessReport | None) -> list[tuple[str, str]]:
    """The coalitions that can be named: slug and name; the same one where it is a correction."""
    cards = own_coalitions(desk.organization.pk)
    if corrected is not None:
        signing = signing_card(corrected, cards)
        cards = [signing] if signing else []
    return [(card.slug, card.name) for card in cards]


def _initial_of(corrected: AccessReport | None) -> dict[str, Any]:
    """What the form begins with."""
    if corrected is None:
        return {}
    said = {name: value for name, value in corrected.values.items() if name in FIELDS}
    if corrected.facility is None:
        said["country"] = corrected.country.iso2
        if corrected.values["nationwide"]:
            said["facility_name"] = ""
    return said


def _to_reports(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:ledger_reports", args=[desk.organization.slug]))
