"""Services at their places: one for each service, since a listing has one place."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.hsds.operations.services import GET_SERVICE_AT_LOCATION, LIST_SERVICES_AT_LOCATIONS
from api.hsds.serializers.services import listed_service_at_location, whole_service_at_location
from api.hsds.views.answers import Reading
from api.hsds.views.service_pages import answer_one, answer_page


class ServiceAtLocations(Reading):
    """A page of services at their places; with all that belongs to them by `full`."""

    @LIST_SERVICES_AT_LOCATIONS
    def get(self, request: Request) -> HttpResponse:
        """The page, in the order of ids; beyond the end an empty one."""
        return answer_page(
            request, listed=listed_service_at_location, whole=whole_service_at_location
        )


class OneServiceAtLocation(Reading):
    """One service at its place with all that belongs to both."""

    @GET_SERVICE_AT_LOCATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The service at its place.

        Raises:
            Http404: nothing listed has this id.
        """
        return answer_one(request, pk, whole=whole_service_at_location)
