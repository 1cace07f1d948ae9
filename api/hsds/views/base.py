"""The root of the API."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.hsds.operations.base import GET_BASE
from api.hsds.profile import HSDS_VERSION
from api.hsds.serializers.values import here
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters


class Base(Reading):
    """Which version of HSDS this is, by which profile, and where both are written down."""

    @GET_BASE
    def get(self, request: Request) -> HttpResponse:
        """`{version, profile, openapi_url}`."""
        Parameters.of(request.query_params)
        document = {
            "version": HSDS_VERSION,
            "profile": here("/hsds/profile"),
            "openapi_url": here("/api/v1/schema/"),
        }
        return answer(document, mark_of(request))
