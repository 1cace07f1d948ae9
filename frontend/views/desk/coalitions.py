"""The coalitions of a group, and the groups of a coalition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.coalitions import (
    accept_membership,
    ask_membership,
    end_coalition_membership,
    refuse_membership,
)
from directory.models import Country
from directory.queries.coalitions import Tie, cards_found, side_of, tie_of, ties_of
from directory.queries.program_grants import grants_held
from frontend.desk.page import Desk, desk_page
from frontend.desk.redirects import see
from network.enums import CoalitionSide, OrganizationStatus
from network.permissions import Permission

LONGEST_WORDS = 100


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def coalitions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who belongs together, what was asked, and what the texts of others one may edit are."""
    ties = ties_of(desk.actor)
    context = _context(desk) | {
        "agreed": [one for one in ties if one.state == "agreed"],
        "incoming": [one for one in ties if one.state == "incoming"],
        "asked": [one for one in ties if one.state == "asked"],
        "granted": grants_held(desk.actor) if desk.may["program_edit"] else [],
    }
    return render(request, "frontend/desk/coalitions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.COALITION_MANAGE)
def ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Search among public cards by name, and ask one of them."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]
    refused: list[str] = []
    if request.method == "POST":
        try:
            ask_membership(desk.actor, slug=request.POST.get("slug", "").replace("\0", ""))
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, _("Asked. Their coordinators get a mail."))
            return see("desk:coalitions", desk)
    known = {one.membership.other_of(desk.organization.pk) for one in ties_of(desk.actor)}
    context = _context(desk) | {
        "words": words,
        "found": _rows(desk, words, known),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "frontend/desk/coalitions/ask.html", context, status=status)


@require_POST
@desk_page(Permission.COALITION_MANAGE)
def accept(request: HttpRequest, desk: Desk, tie_id: UUID) -> HttpResponse:
    """Say yes to what the other side asked."""
    said = _("You belong together now. Both public pages say so.")
    return _answered(request, desk, tie_id, accept_membership, said)


@require_POST
@desk_page(Permission.COALITION_MANAGE)
def refuse(request: HttpRequest, desk: Desk, tie_id: UUID) -> HttpResponse:
    """Say no to what the other side asked."""
    said = _("Declined. They are told by mail, without a reason.")
    return _answered(request, desk, tie_id, refuse_membership, said)


def _answered(
    request: HttpRequest, desk: Desk, tie_id: UUID, answer: Callable[..., object], said: str
) -> HttpResponse:
    """Answer the other side, and say what was done or why it was not."""
    found = tie_of(desk.actor, tie_id)
    try:
        answer(desk.actor, membership=found.membership)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return see("desk:coalitions", desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.COALITION_MANAGE)
def end(request: HttpRequest, desk: Desk, tie_id: UUID) -> HttpResponse:
    """Asks once, then ends a membership, or takes an ask back."""
    found = tie_of(desk.actor, tie_id)
    if found.state == "incoming":
        raise Http404
    refused: list[str] = []
    if request.method == "POST":
        try:
            end_coalition_membership(desk.actor, membership=found.membership)
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, _done(found))
            return see("desk:coalitions", desk)
    context = _context(desk) | {"tie": found, "refused": refused}
    status = 409 if refused else 200
    return render(request, "frontend/desk/coalitions/end.html", context, status=status)


def _rows(desk: Desk, words: str, known: set[UUID]) -> list[dict[str, Any]]:
    """What was found, each with its country and whether something stands between both already."""
    cards = cards_found(desk.organization, words) if words else []
    countries = Country.objects.filter(iso2__in={card.country for card in cards})
    by_code = {country.iso2: country for country in countries}
    return [
        {"card": card, "country": by_code.get(card.country), "is_known": card.pk in known}
        for card in cards
    ]


def _done(found: Tie) -> str:
    if found.state == "agreed":
        return _("You do not belong together any more. No public page says so from now on.")
    return _("Taken back.")


def _context(desk: Desk) -> dict[str, Any]:
    return {
        "desk": desk,
        "part": "coalitions",
        "is_coalition": side_of(desk.organization) == CoalitionSide.COALITION,
        "is_verified": desk.organization.status == OrganizationStatus.VERIFIED,
    }
