"""The profile by which these answers are HSDS, as its files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.operations.base import GET_PROFILE, GET_PROFILE_FILE
from api.hsds.profile import FILES, HSDS_VERSION, NAME, PROFILE_VERSION, SCHEMAS, file_of
from api.hsds.serializers.values import here
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import kept, mark_of
from api.v1.filters.parameters import Parameters


class Profile(Reading):
    """What the profile is called, on what it stands, and where its files are."""

    @GET_PROFILE
    def get(self, request: Request) -> HttpResponse:
        """The description; its address is the name of the profile."""
        Parameters.of(request.query_params)
        document = {
            "name": NAME,
            "version": PROFILE_VERSION,
            "hsds_version": HSDS_VERSION,
            "hsds_schemas": SCHEMAS,
            "documentation": here("/docs/developers/hsds/"),
            "merge": "Each file is a JSON Merge Patch (RFC 7386) of the schema of the same name.",
            "files": {name: here(f"/hsds/profile/profile/{name}") for name in FILES},
        }
        return answer(document, mark_of(request))


class ProfileFile(Reading):
    """One file of the profile: what it changes in the schema of the same name."""

    @GET_PROFILE_FILE
    def get(self, request: Request, name: str) -> HttpResponse:
        """The file as it is.

        Raises:
            Http404: the profile has no such file.
        """
        Parameters.of(request.query_params)
        if name not in FILES:
            raise Http404
        response = HttpResponse(file_of(name), content_type="application/json")
        return kept(response, mark_of(request))
