"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.queries.access_ledger import latest_changes
from directory.queries.countries import countries_with_programs
from directory.queries.home import directory_age
from directory.queries.map_pyramid import Layer, pyramid_of
from directory.queries.revisions import directory_revision
from frontend.alternates import of_home
from frontend.home_map import home_map
from frontend.linked_data import data_of_site
from frontend.sorting import by_name

CHANGES = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, the way to someone held, the index, the latest changes, the age of all this."""
    pyramid = pyramid_of(Layer.PROGRAMS, directory_revision())
    context = {
        "linked_data": data_of_site(),
        "alternates": of_home(),
        "atlas": home_map(pyramid) if pyramid.spots else None,
        "age": directory_age(timezone.localdate()),
        "countries": by_name(countries_with_programs()),
        "changes": latest_changes(CHANGES),
    }
    return render(request, "frontend/pages/home.html", context)
