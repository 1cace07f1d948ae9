"""What a group states about a place: facts in its name, looked at before they are public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.stating import state_facility, withdraw_claim
from directory.actions.stating.authors import speaking_organization
from directory.actions.stating.claim_values import checked_claim
from directory.models import Facility, FacilityClaim
from directory.queries.stated import claims_of
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.desk.steps import Steps
from frontend.forms.desk.ledger import ClaimForm
from frontend.views.desk.ledger import place_at
from network.permissions import Permission

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def claim(request: HttpRequest, desk: Desk, facility: str) -> HttpResponse:
    """The form for facts about a place; it begins with what the group states now."""
    place = place_at(facility)
    present = claims_of(desk.actor).filter(facility=place).first()

    def check(form: ClaimForm) -> dict[str, Any]:
        speaking_organization(desk.actor)
        said = checked_claim(form.values(), has_looked=form.has_looked)
        look = FacilityClaim(
            author=desk.organization.slug,
            values=said.values,
            source_url=said.source_url,
            as_of=said.as_of,
            text_language=said.text_language,
        )
        return {"claim": look}

    def send(form: ClaimForm) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        state_facility(
            desk.actor,
            facility=place,
            values=form.values(),
            seen=UUID(seen) if seen else None,
            has_looked=form.has_looked,
        )
        messages.success(request, _("This is public now, in the name of your group."))
        return to_place(desk, place)

    def make(*args: Any, **kwargs: Any) -> ClaimForm:
        kwargs.setdefault("initial", initial_of(present))
        return ClaimForm(*args, **kwargs)

    context = {"desk": desk, "part": "places", "place": place, "present": present}
    template = "frontend/desk/ledger/claim.html"
    return Steps(request, template, context, make, check, send).answer()


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def withdraw(request: HttpRequest, desk: Desk, facility: str) -> HttpResponse:
    """Asks once, then takes the group's claim back."""
    place = place_at(facility)
    present = claims_of(desk.actor).filter(facility=place).first()
    if request.method == "POST":
        if present is not None:
            withdraw_claim(desk.actor, claim=present)
        messages.success(request, _("Taken back. What others say is shown."))
        return to_place(desk, place)
    context = {"desk": desk, "part": "places", "place": place, "claim": present}
    return render(request, "frontend/desk/ledger/withdraw_claim.html", context)


def initial_of(present: FacilityClaim | None) -> dict[str, Any]:
    """What the form begins with."""
    if present is None:
        return {}
    return {
        **present.values,
        "source_url": present.source_url,
        "text_language": present.text_language,
        "seen": str(present.pk),
    }


def to_place(desk: Desk, place: Facility) -> HttpResponse:
    """The way back to the place."""
    return SeeOther(reverse("desk:place", args=[desk.organization.slug, place.slug]))
