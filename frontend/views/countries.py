"""Countries: the index, and the page that says who may visit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Country
from directory.queries.access_ledger import entries_in, year_grid
from directory.queries.countries import (
    access_rules,
    countries_with_counts,
    country_with_counts,
    outermost_region_of,
    programs_in,
)
from directory.queries.facilities import facilities_in, listed_facilities
from directory.queries.map_spots import facility_spots
from directory.queries.visiting_rules import rules_without_place
from directory.queries.visiting_state import Subject
from frontend import alternates
from frontend.following.links import asking_path
from frontend.linked_data import data_of_country
from frontend.plates import of_country
from frontend.regions import by_region


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Every country by region, with what is known of it, and those of which nothing is known."""
    index = by_region(countries_with_counts())
    return render(
        request, "frontend/pages/countries.html", {"section": "countries", "index": index}
    )


@require_safe
def country(request: HttpRequest, iso2: str) -> HttpResponse:
    """One country; small letters lead to capitals; 404 for a code that no country has."""
    if iso2 != iso2.upper():
        return redirect("frontend:country", iso2=iso2.upper(), permanent=True)
    try:
        land = country_with_counts(iso2)
    except Country.DoesNotExist:
        raise Http404(_("There is no country at this address.")) from None
    events = entries_in(land)
    programs, places = list(programs_in(land)), list(facilities_in(land))
    context = {
        "section": "countries",
        "alternates": alternates.of_subject(Subject(country=land)),
        "follow": asking_path(Subject(country=land)),
        "linked_data": data_of_country(land),
        "country": land,
        "access": access_rules(land),
        "member_state": outermost_region_of(land),
        "programs": programs,
        "places": places,
        "plate": of_country(
            land.iso2, programs, facility_spots(listed_facilities().filter(country=land))
        ),
        "events": events,
        "grid": year_grid(events, timezone.localdate()),
        "elsewhere": list(rules_without_place(land)),
    }
    return render(request, "frontend/pages/country.html", context)
