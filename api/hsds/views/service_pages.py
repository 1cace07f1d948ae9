"""What services and services at their places are answered with: one row of a listing each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.filters.lists import ServiceParameters
from api.hsds.serializers.pages import page_document
from api.hsds.views.answers import answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters
from directory.models import Listing
from directory.queries.services import service_by_id, service_page

Write = Callable[[Listing], dict[str, Any]]


def answer_page(request: Request, *, listed: Write, whole: Write) -> HttpResponse:
    """The page that is asked for, in the order of ids; each whole where `full` is asked for."""
    values = ServiceParameters.of(request.query_params)
    mark = mark_of(request)
    page = service_page(
        ServiceParameters.wanted(values),
        values["page"],
        values["per_page"],
        whole=values["full"],
    )
    return answer(page_document(page.each(whole if values["full"] else listed)), mark)


def answer_one(request: Request, pk: UUID, *, whole: Write) -> HttpResponse:
    """The listing with this id, as it is written.

    Raises:
        Http404: nothing listed has this id.
    """
    Parameters.of(request.query_params)
    mark = mark_of(request)
    try:
        return answer(whole(service_by_id(pk)), mark)
    except Listing.DoesNotExist:
        raise Http404 from None
