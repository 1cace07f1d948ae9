"""Organizations: the list, and one with its programs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.answers import json_answer
from api.middleware.kept import mark_of
from api.v1.filters.organizations import OrganizationParameters
from api.v1.filters.paging import cursor_in, page_size
from api.v1.filters.parameters import Parameters
from api.v1.operations.organizations import GET_ORGANIZATION, LIST_ORGANIZATIONS
from api.v1.serializers.facilities import named
from api.v1.serializers.organizations import organization_document
from api.v1.views.public import PublicView, page_answer
from directory.models import OrganizationCard
from directory.queries.cards import card_by_slug, cards_matching, listings_of
from directory.queries.cursor import page_in_order
from directory.queries.orders import by_name
from directory.queries.rollup import members_shown
from network.enums import OrganizationKind

MOST_MEMBERS = 100
BY_NAME = by_name("organizations")


class Organizations(PublicView):
    """The organizations that have published a card."""

    @LIST_ORGANIZATIONS
    def get(self, request: Request) -> HttpResponse:
        """A page of organizations by name."""
        values = OrganizationParameters.of(request.query_params)
        mark = mark_of(request)
        found = cards_matching(values.get("country", "").upper(), values.get("kind", ""))
        page = page_in_order(found, BY_NAME, cursor_in(values, BY_NAME), page_size(values))
        documents = [organization_document(card) for card in page.rows]
        return page_answer(request, documents, (page.previous, page.next), mark)


class OneOrganization(PublicView):
    """One organization and its programs; of a coalition those of its members too."""

    @GET_ORGANIZATION
    def get(self, request: Request, slug: str) -> HttpResponse:
        """The organization of a slug.

        Raises:
            Http404: no organization has this card.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        try:
            card = card_by_slug(slug)
        except OrganizationCard.DoesNotExist:
            raise Http404 from None
        document = organization_document(card)
        document["programs"] = [named(listing) for listing in listings_of(card)]
        members = members_shown(card)[:MOST_MEMBERS] if _is_coalition(card) else []
        document["members"] = [
            {"id": one.pk, "slug": one.slug, "name": one.name} for one in members
        ]
        return json_answer(document, mark)


def _is_coalition(card: OrganizationCard) -> bool:
    return card.kind == OrganizationKind.COALITION
