"""Organizations: the card of one."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import OrganizationCard
from directory.queries.cards import card_by_slug, country_of, listings_of
from directory.queries.rollup import rollup_of
from frontend.linked_data import data_of_organization
from network.enums import OrganizationKind

WHOLE = ("facilities", "organizations")


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of an organization with its programs; 404 where no card has this name.

    Of a coalition what its groups do together, counted; `all` shows one list whole.
    """
    try:
        card = card_by_slug(slug)
    except OrganizationCard.DoesNotExist:
        raise Http404(_("There is no organization at this address.")) from None
    is_coalition = card.kind == OrganizationKind.COALITION
    whole = _whole(request) if is_coalition else ""
    rollup = rollup_of(card, whole=whole) if is_coalition else None
    context = {
        "section": "programs",
        "rollup": rollup,
        "whole": whole,
        "linked_data": data_of_organization(card),
        "card": card,
        "distances": {},
        "country": country_of(card),
        "listings": rollup.listings if rollup else list(listings_of(card)),
    }
    page = "coalition" if rollup else "organization"
    return render(request, f"frontend/pages/{page}.html", context)


def _whole(request: HttpRequest) -> str:
    """Which list a reader wants to see whole; nothing for all of them, cut short.

    Raises:
        BadRequest: there is no such list.
    """
    asked = request.GET.get("all", "")
    if asked not in ("", *WHOLE):
        raise BadRequest
    return asked
