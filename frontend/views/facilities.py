"""Places of detention: the list, and the page that answers "May I visit?"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Facility, FacilityClaim
from directory.queries.access_ledger import entries_of, standings, year_grid
from directory.queries.cards import card_names
from directory.queries.countries import countries_with_places
from directory.queries.facilities import (
    FacilityPage,
    claims_about,
    facilities_matching,
    facility_by_slug,
    facility_page,
    listings_visiting,
)
from directory.queries.map_pyramid import Layer
from directory.queries.near import Near, facilities_near
from directory.queries.ranked import ranked_facilities
from directory.queries.search import facilities_by_relevance
from directory.queries.unmatched import listings_naming
from directory.queries.visiting_rules import by_visitor, rules_of
from directory.queries.visiting_state import Subject
from frontend import alternates
from frontend.answers import answers, silent_categories
from frontend.following.links import asking_path
from frontend.forms.facility_filter import FacilityFilterForm
from frontend.leads import leads
from frontend.linked_data import data_of_facility
from frontend.plates import beside_list, of_facility
from frontend.templatetags.gazetteer import nearest_of

Distances = dict[UUID, Near]


@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """A page of the places that fit a search; 400 where the search asks for nonsense."""
    form = FacilityFilterForm(request.GET, countries_with_places())
    context: dict[str, Any] = {
        "section": "facilities",
        "clear": reverse("frontend:facilities"),
        "form": form,
    }
    if not form.is_valid():
        return render(request, "frontend/pages/facilities.html", context, status=400)
    context["listed"], context["distances"] = _listed(form)
    context["nearest"] = nearest_of(context["listed"].page.rows, context["distances"])
    context["along"] = alternates.taken_along(form, alternates.PLACES)
    context |= leads(form, context["listed"].total, partial(_finds_without, form))
    context |= beside_list(context["listed"].page.rows, form, Layer.FACILITIES)
    return render(request, "frontend/pages/facilities.html", context)


def _listed(form: FacilityFilterForm) -> tuple[FacilityPage, Distances]:
    """A page of what a valid form asks for, and how far each row is where that was asked."""
    found = facilities_matching(form.wanted())
    cursor = form.cleaned_data["cursor"]
    if form.place is None:
        if words := form.cleaned_data["q"]:
            best = facilities_by_relevance(found, words).values_list("pk", flat=True)
            return ranked_facilities(list(best), cursor), {}
        return facility_page(found, cursor), {}
    near = facilities_near(found, form.place.point, None) if form.place.point else []
    page = ranked_facilities([one.pk for one in near], cursor)
    return page, {one.pk: one for one in near}


def _finds_without(form: FacilityFilterForm, name: str) -> bool:
    """Whether anything fits when one filter is left out; a place near which to look is none."""
    if form.unknown_place:
        return name == "near"
    left_out: dict[str, Any] = {"bbox": {"box": None}, "near": {}}.get(name, {name: ""})
    wanted = replace(form.wanted(), **left_out)
    found = facilities_matching(wanted)
    if form.place and name != "near":
        found = found.filter(latitude__isnull=False)
    return found.exists()


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
    rules, claims = list(rules_of(place)), list(claims_about(place))
    authors = card_names([*(one.author for one in rules), *(one.author for one in claims)])
    context = {
        "section": "facilities",
        "alternates": alternates.of_subject(Subject(facility=place)),
        "follow": asking_path(Subject(facility=place)),
        "linked_data": data_of_facility(place),
        "place": place,
        "answers": answers(by_visitor(rules, today), known),
        "standings": known,
        "silent": silent_categories(known),
        "visitors": visitors,
        "unsure": [(one, name) for one, name in listings_naming(place) if one not in visitors],
        "events": events,
        "grid": year_grid(events, today),
        "plate": of_facility(place, visitors),
        "claims": claims,
        "authors": authors,
        "said_by": authors.get(_speaker(place, claims), ""),
    }
    return render(request, "frontend/pages/facility.html", context)


def _speaker(place: Facility, claims: list[FacilityClaim]) -> str:
    """The group whose claim the status of a place is, by its slug; nothing where a source's."""
    source = (place.source_url, place.as_of, place.status)
    said = ((one.author, (one.source_url, one.as_of, one.values.get("status"))) for one in claims)
    return next((author for author, claimed in said if author and claimed == source), "")
