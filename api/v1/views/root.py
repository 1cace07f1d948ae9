"""The first page of the API: what there is and where."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from api.answers import json_answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters
from api.v1.operations.root import GET_ROOT
from api.v1.views.public import PublicView

LISTS = ("programs", "map", "facilities", "countries", "organizations", "schema")


class Root(PublicView):
    """The addresses of all lists, of the description and of its words for people."""

    @GET_ROOT
    def get(self, request: Request) -> HttpResponse:
        """The addresses."""
        Parameters.of(request.query_params)
        origin = settings.PUBLIC_ORIGIN
        document = {name: origin + reverse(f"api:{name}") for name in LISTS}
        document |= {
            "docs": f"{origin}/docs/api/",
            "hsds": f"{origin}/hsds/",
            "feed": f"{origin}/feeds/programs.atom",
        }
        return json_answer(document, mark_of(request))
