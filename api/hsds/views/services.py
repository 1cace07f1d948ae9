"""Services: what is listed, program by program."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.hsds.operations.services import GET_SERVICE, LIST_SERVICES
from api.hsds.serializers.services import listed_service, whole_service
from api.hsds.views.answers import Reading
from api.hsds.views.service_pages import answer_one, answer_page


class Services(Reading):
    """A page of services, each with its organization; with all that belongs to it by `full`."""

    @LIST_SERVICES
    def get(self, request: Request) -> HttpResponse:
        """The page, in the order of ids; beyond the end an empty one."""
        return answer_page(request, listed=listed_service, whole=whole_service)


class OneService(Reading):
    """One service with all that belongs to it."""

    @GET_SERVICE
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The service.

        Raises:
            Http404: nothing listed has this id.
        """
        return answer_one(request, pk, whole=whole_service)
