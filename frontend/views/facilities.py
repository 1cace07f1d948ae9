"""Places of detention: the list, and the page that answers "May I visit?"."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Facility
from directory.queries.access_ledger import entries_of, standings, year_grid
from directory.queries.countries import countries_with_places
from directory.queries.facilities import (
    claims_about,
    facilities_matching,
    facility_by_slug,
    facility_page,
    listings_visiting,
)
from directory.queries.unmatched import listings_naming
from directory.queries.visiting_rules import by_visitor, rules_of
from frontend.answers import answers, silent_categories
from frontend.forms.facility_filter import FacilityFilterForm


@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """A page of the places that fit a search; 400 where the search asks for nonsense."""
    form = FacilityFilterForm(request.GET, countries_with_places())
    context = {"section": "facilities", "clear": reverse("frontend:facilities"), "form": form}
    if not form.is_valid():
        return render(request, "frontend/pages/facilities.html", context, status=400)
    found = facilities_matching(form.wanted())
    context["listed"] = facility_page(found, form.cleaned_data["cursor"])
    return render(request, "frontend/pages/facilities.html", context)


@require_safe
def facility(request: HttpRequest, slug: str) -> HttpResponse:
    """One place; a duplicate leads to what it was merged into; 404 for an unknown name."""
    try:
        place = facility_by_slug(slug)
    except Facility.DoesNotExist:
        raise Http404(_("There is no place at this address.")) from None
    if place.merged_into is not None:
        return redirect("frontend:facility", slug=place.merged_into.slug, permanent=True)
    today = timezone.localdate()
    events = entries_of(place)
    known = standings(events, today)
    visitors = list(listings_visiting(place))
    context = {
        "section": "facilities",
        "place": place,
        "answers": answers(by_visitor(rules_of(place), today), known),
        "standings": known,
        "silent": silent_categories(known),
        "visitors": visitors,
        "unsure": [(one, name) for one, name in listings_naming(place) if one not in visitors],
        "events": events,
        "grid": year_grid(events, today),
        "claims": list(claims_about(place)),
    }
    return render(request, "frontend/pages/facility.html", context)
