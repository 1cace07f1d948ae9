"""Services: what is listed, program by program."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.filters.lists import ServiceParameters
from api.hsds.operations.services import GET_SERVICE, LIST_SERVICES
from api.hsds.serializers.pages import page_document
from api.hsds.serializers.services import listed_service, whole_service
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters
from directory.models import Listing
from directory.queries.services import service_by_id, service_page


class Services(Reading):
    """A page of services, each with its organization; with all that belongs to it by `full`."""

    @LIST_SERVICES
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
        write = whole_service if values["full"] else listed_service
        return answer(page_document(page.each(write)), mark)


class OneService(Reading):
    """One service with all that belongs to it."""

    @GET_SERVICE
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The service.

        Raises:
            Http404: nothing listed has this id.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        try:
            return answer(whole_service(service_by_id(pk)), mark)
        except Listing.DoesNotExist:
            raise Http404 from None
