"""Addresses of version 1."""

from django.urls import path, re_path, register_converter

from api.v1.views.countries import Countries, OneCountry
from api.v1.views.facilities import Facilities, FacilityAccess, OneFacility
from api.v1.views.map import Map
from api.v1.views.missing import Missing
from api.v1.views.organizations import OneOrganization, Organizations
from api.v1.views.programs import OneProgram, Programs
from api.v1.views.root import Root
from api.v1.views.schema import Schema

app_name = "api"


class ApiSlug:
    """A slug, with the host of its node behind two hyphens."""

    regex = r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,159}"

    def to_python(self, value: str) -> str:
        """The slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The slug as it is."""
        return value


register_converter(ApiSlug, "apislug")

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    path("programs/", Programs.as_view(), name="programs"),
    path("programs/<apislug:slug>/", OneProgram.as_view(), name="program"),
    path("map/", Map.as_view(), name="map"),
    path("facilities/", Facilities.as_view(), name="facilities"),
    path("facilities/<apislug:slug>/", OneFacility.as_view(), name="facility"),
    path("facilities/<apislug:slug>/access/", FacilityAccess.as_view(), name="facility_access"),
    path("countries/", Countries.as_view(), name="countries"),
    re_path(r"^countries/(?P<iso2>[A-Za-z]{2})/$", OneCountry.as_view(), name="country"),
    path("organizations/", Organizations.as_view(), name="organizations"),
    path("organizations/<apislug:slug>/", OneOrganization.as_view(), name="organization"),
    re_path("", Missing.as_view()),
]
