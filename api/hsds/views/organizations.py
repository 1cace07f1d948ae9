"""Organizations: registered ones, and for each unclaimed program the one that its source names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.filters.lists import OneOrganizationParameters, OrganizationParameters
from api.hsds.operations.organizations import GET_ORGANIZATION, LIST_ORGANIZATIONS
from api.hsds.serializers.organizations import listed_organization
from api.hsds.serializers.pages import page_document
from api.hsds.serializers.services import whole_organization
from api.hsds.serializers.values import Document
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import mark_of
from directory.models import Listing
from directory.queries.providers import Provider, provider_by_id, provider_page


class Organizations(Reading):
    """A page of organizations; with what they offer by `full` or `full_service`."""

    @LIST_ORGANIZATIONS
    def get(self, request: Request) -> HttpResponse:
        """The page: registered ones first, each part in the order of ids."""
        values = OrganizationParameters.of(request.query_params)
        mark = mark_of(request)
        page = provider_page(
            OrganizationParameters.wanted(values),
            values["page"],
            values["per_page"],
            whole=_is_whole(values),
        )

        def write(provider: Provider) -> Document:
            if _is_whole(values):
                return whole_organization(provider, whole_services=values["full_service"])
            return listed_organization(provider)

        return answer(page_document(page.each(write)), mark)


class OneOrganization(Reading):
    """One organization with what it offers."""

    @GET_ORGANIZATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The organization.

        Raises:
            Http404: no organization has this id.
        """
        values = OneOrganizationParameters.of(request.query_params)
        mark = mark_of(request)
        try:
            provider = provider_by_id(pk)
        except Listing.DoesNotExist:
            raise Http404 from None
        document = whole_organization(provider, whole_services=values["full_service"])
        return answer(document, mark)


def _is_whole(values: dict[str, Any]) -> bool:
    return bool(values["full"] or values["full_service"])
