"""Programs: the list that one searches, and the page of one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Listing
from directory.queries.applications import is_disputable
from directory.queries.countries import access_rules, countries_with_programs
from directory.queries.listing_filters import listings_matching
from directory.queries.listings import (
    ListingPage,
    listing_by_slug,
    listing_page,
    listing_words,
    neighbours_of,
)
from directory.queries.map_pyramid import Layer
from directory.queries.near import Near, listings_near
from directory.queries.ranked import ranked_listings
from directory.queries.search import by_relevance
from frontend import alternates
from frontend.forms.program_filter import ProgramFilterForm
from frontend.leads import leads
from frontend.linked_data import data_of_program
from frontend.plates import beside_list, of_program
from frontend.rules import rule_for_visitors
from frontend.templatetags.gazetteer import nearest_of

Distances = dict[UUID, Near]


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """A page of the programs that fit a search; 400 where the search asks for nonsense."""
    form = ProgramFilterForm(request.GET, countries_with_programs(), listing_words())
    context: dict[str, Any] = {
        "section": "programs",
        "clear": reverse("frontend:programs"),
        "form": form,
    }
    if not form.is_valid():
        return render(request, "frontend/pages/programs.html", context, status=400)
    context["listed"], context["distances"] = listed_programs(form)
    context["nearest"] = nearest_of(context["listed"].page.rows, context["distances"])
    context["alternates"] = alternates.of_list(form)
    context["along"] = alternates.taken_along(form, alternates.API)
    context |= leads(form, context["listed"].total, partial(_finds_without, form))
    context |= beside_list(context["listed"].page.rows, form, Layer.PROGRAMS)
    return render(request, "frontend/pages/programs.html", context)


def listed_programs(form: ProgramFilterForm) -> tuple[ListingPage, Distances]:
    """A page of what a valid form asks for, and how far each row is where that was asked."""
    found = listings_matching(form.wanted(), timezone.localdate())
    cursor = form.cleaned_data["cursor"]
    if form.place is None:
        if words := form.cleaned_data["q"]:
            best = by_relevance(found, words).values_list("pk", flat=True)
            return ranked_listings(list(best), cursor), {}
        return listing_page(found, cursor), {}
    near = listings_near(found, form.place.point, None) if form.place.point else []
    page = ranked_listings([one.pk for one in near], cursor)
    return page, {one.pk: one for one in near}


def _finds_without(form: ProgramFilterForm, name: str) -> bool:
    """Whether anything fits when one filter is left out; a place near which to look is none."""
    if form.unknown_place:
        return name == "near"
    left_out: dict[str, Any] = {"bbox": {"box": None}, "near": {}}.get(name, {name: ""})
    wanted = replace(form.wanted(), **left_out)
    found = listings_matching(wanted, timezone.localdate())
    if form.place and name != "near":
        found = found.filter(latitude__isnull=False)
    return found.exists()


@require_safe
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """One program; 404 where nothing is listed under this name."""
    try:
        listing = listing_by_slug(slug)
    except Listing.DoesNotExist:
        raise Http404(_("There is no program at this address.")) from None
    rules = access_rules(listing.country)
    context = {
        "section": "programs",
        "linked_data": data_of_program(listing),
        "alternates": alternates.of_program(listing),
        "listing": listing,
        "is_disputable": is_disputable(listing),
        "neighbours": neighbours_of(listing),
        "plate": of_program(listing),
        "rule": rule_for_visitors([*rules.own, *rules.union]),
    }
    return render(request, "frontend/pages/program.html", context)
