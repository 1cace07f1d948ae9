"""Services at their places: one for each service, since a listing has one place."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.filters.lists import ServiceParameters
from api.hsds.operations.services import GET_SERVICE_AT_LOCATION, LIST_SERVICES_AT_LOCATIONS
from api.hsds.serializers.pages import page_document
from api.hsds.serializers.services import (
    listed_service_at_location,
    whole_service_at_location,
)
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters
from directory.models import Listing
from directory.queries.services import service_by_id, service_page


class ServiceAtLocations(Reading):
    """A page of services at their places; with all that belongs to them by `full`."""

    @LIST_SERVICES_AT_LOCATIONS
    def get(self, request: Request) -> HttpResponse:
        """The page, in the order of ids; beyond the end an empty one."""
        values = ServiceParameters.of(request.query_params)
        mark = mark_of(request)
        page = service_page(
            ServiceParameters.wanted(values),
            values["page"],
            values["per_page"],
            whole=values["full"],
        )
        write = whole_service_at_location if values["full"] else listed_service_at_location
        return answer(page_document(page.each(write)), mark)


class OneServiceAtLocation(Reading):
    """One service at its place with all that belongs to both."""

    @GET_SERVICE_AT_LOCATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The service at its place.

        Raises:
            Http404: nothing listed has this id.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        try:
            return answer(whole_service_at_location(service_by_id(pk)), mark)
        except Listing.DoesNotExist:
            raise Http404 from None
