"""The OpenAPI document, as JSON or as YAML."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.answers import JSON
from api.middleware.kept import kept, mark_of
from api.v1.document import document_bytes
from api.v1.filters.schema import SchemaParameters
from api.v1.operations.root import GET_SCHEMA
from api.v1.views.public import PublicView

_TYPES = {"json": JSON, "yaml": "application/yaml"}


class Schema(PublicView):
    """What can be asked here, and what is answered."""

    @GET_SCHEMA
    def get(self, request: Request) -> HttpResponse:
        """The document; the same bytes until another version of the product is served."""
        form = SchemaParameters.of(request.query_params)["format"]
        answer = HttpResponse(document_bytes(form), content_type=_TYPES[form])
        return kept(answer, mark_of(request))
