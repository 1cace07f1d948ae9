"""Programs: the list that one searches, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Listing
from directory.queries.countries import access_rules, countries_with_programs
from directory.queries.listing_filters import listings_matching
from directory.queries.listings import (
    listing_by_slug,
    listing_page,
    listing_words,
    neighbours_of,
)
from frontend.forms.program_filter import ProgramFilterForm
from frontend.rules import rule_for_visitors


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """A page of the programs that fit a search; 400 where the search asks for nonsense."""
    form = ProgramFilterForm(request.GET, countries_with_programs(), listing_words())
    context = {"section": "programs", "clear": reverse("frontend:programs"), "form": form}
    if not form.is_valid():
        return render(request, "frontend/pages/programs.html", context, status=400)
    found = listings_matching(form.wanted(), timezone.localdate())
    context["listed"] = listing_page(found, form.cleaned_data["cursor"])
    return render(request, "frontend/pages/programs.html", context)


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
        "listing": listing,
        "neighbours": neighbours_of(listing),
        "rule": rule_for_visitors([*rules.own, *rules.union]),
    }
    return render(request, "frontend/pages/program.html", context)
