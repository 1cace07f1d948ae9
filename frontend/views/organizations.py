"""Organizations: the card of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import OrganizationCard
from directory.queries.cards import card_by_slug, country_of, listings_of
from frontend.linked_data import data_of_organization


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of an organization with its programs; 404 where no card has this name."""
    try:
        card = card_by_slug(slug)
    except OrganizationCard.DoesNotExist:
        raise Http404(_("There is no organization at this address.")) from None
    context = {
        "section": "programs",
        "linked_data": data_of_organization(card),
        "card": card,
        "distances": {},
        "country": country_of(card),
        "listings": list(listings_of(card)),
    }
    return render(request, "frontend/pages/organization.html", context)
