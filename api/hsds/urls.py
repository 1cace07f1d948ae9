"""Addresses of HSDS. The specification writes them without a slash at their end."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from api.hsds.views.answers import Reading
from api.hsds.views.base import Base
from api.hsds.views.organizations import OneOrganization, Organizations
from api.hsds.views.profile import Profile, ProfileFile
from api.hsds.views.service_at_locations import OneServiceAtLocation, ServiceAtLocations
from api.hsds.views.services import OneService, Services
from api.hsds.views.taxonomies import OneTaxonomy, OneTaxonomyTerm, Taxonomies, TaxonomyTerms
from api.v1.views.missing import Missing

app_name = "hsds"


def _both(route: str, view: type[Reading], name: str) -> list[URLPattern]:
    """The address as it is written, and the same with a slash, of which no schema tells."""
    return [
        path(route, view.as_view(), name=name),
        path(f"{route}/", view.as_view(schema=None)),
    ]


urlpatterns = [
    path("", Base.as_view(), name="base"),
    *_both("services", Services, "services"),
    *_both("services/<uuid:pk>", OneService, "service"),
    *_both("organizations", Organizations, "organizations"),
    *_both("organizations/<uuid:pk>", OneOrganization, "organization"),
    *_both("service_at_locations", ServiceAtLocations, "service_at_locations"),
    *_both("service_at_locations/<uuid:pk>", OneServiceAtLocation, "service_at_location"),
    *_both("taxonomies", Taxonomies, "taxonomies"),
    *_both("taxonomies/<uuid:pk>", OneTaxonomy, "taxonomy"),
    *_both("taxonomy_terms", TaxonomyTerms, "taxonomy_terms"),
    *_both("taxonomy_terms/<uuid:pk>", OneTaxonomyTerm, "taxonomy_term"),
    *_both("profile", Profile, "profile"),
    *_both("profile/profile/<str:name>", ProfileFile, "profile_file"),
    re_path("", Missing.as_view()),
]
