"""The map: one page that is whole without scripts, and moves with them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Country
from directory.queries.countries import countries_with_programs
from directory.queries.facilities import FacilityFilter, facilities_matching
from directory.queries.listing_filters import ListingFilter, listings_matching
from directory.queries.listings import listing_words
from directory.queries.map_pyramid import Layer, Pyramid, pyramid_of
from directory.queries.map_spots import facility_spots, listing_spots
from directory.queries.revisions import directory_revision
from frontend.atlas.parts import frame_of
from frontend.atlas.plates import fitted, frame_around
from frontend.forms.map_form import MapForm
from frontend.map_live import live_data, summary, vague_in
from frontend.map_page import (
    NARROW,
    WIDE,
    WORLD,
    Look,
    Window,
    address,
    middle_of,
    moves,
    window_of,
)

# How close a map opens that nobody has placed, at most: a region, not a street.
OPENING_ZOOM = 5
NEAR_ZOOM = 6


@require_safe
def world_map(request: HttpRequest) -> HttpResponse:
    """The map of what a search finds; 400 where the search asks for nonsense."""
    form = MapForm(request.GET, countries_with_programs(), listing_words())
    context = {"section": "map", "clear": reverse("frontend:map"), "form": form}
    if not form.is_valid():
        return render(request, "frontend/pages/map.html", context, status=400)
    layers = _layers(form)
    look = _look(form, layers)
    countries = {country.iso2: country for country in Country.objects.all()}
    today = timezone.localdate()
    wide = window_of("wide", look, WIDE, layers, countries, form, today)
    smaller = Look(max(look.zoom - 1, WORLD.zoom), look.latitude, look.longitude)
    narrow = window_of("narrow", smaller, NARROW, layers, countries, form, today)
    context |= {
        "windows": (wide, narrow),
        "moves": _ways(look, narrow, form.carried),
        "total": sum(spot.count for pyramid in layers.values() for spot in pyramid.spots),
        "summaries": [(window, summary(layers, window)) for window in (wide, narrow)],
        "vague": vague_in(layers[form.layers[0]], wide),
        "list_address": _list_address(form, wide),
        "live": live_data(form, look, layers, countries),
    }
    return render(request, "frontend/pages/map.html", context)


def _layers(form: MapForm) -> dict[Layer, Pyramid]:
    """What a form asks for, kept where nothing is filtered. At most five queries."""
    mark = directory_revision()
    found = {}
    if Layer.PROGRAMS in form.layers:
        wanted = form.wanted()
        found[Layer.PROGRAMS] = (
            pyramid_of(Layer.PROGRAMS, mark)
            if wanted == ListingFilter()
            else Pyramid(listing_spots(listings_matching(wanted, timezone.localdate())))
        )
    if Layer.FACILITIES in form.layers:
        places = form.wanted_places()
        found[Layer.FACILITIES] = (
            pyramid_of(Layer.FACILITIES, mark)
            if places == FacilityFilter()
            else Pyramid(facility_spots(facilities_matching(places)))
        )
    return found


def _look(form: MapForm, layers: dict[Layer, Pyramid]) -> Look:
    """Where the map looks: as asked, else at all that was found, else at the world."""
    if at := form.cleaned_data["at"]:
        return Look(form.cleaned_data["zoom"] or OPENING_ZOOM, *at)
    if form.place and form.place.point:
        point = form.place.point
        return Look(form.cleaned_data["zoom"] or NEAR_ZOOM, point.latitude, point.longitude)
    points = [(spot.longitude, spot.latitude) for one in layers.values() for spot in one.spots]
    frame = frame_around(points) if form.filters else None
    if frame is None and form.land:
        frame = frame_of(form.land.iso2)
    if frame is None:
        return Look(form.cleaned_data["zoom"] or WORLD.zoom, WORLD.latitude, WORLD.longitude)
    view = fitted(frame, *WIDE, closest=OPENING_ZOOM)
    return Look(max(form.cleaned_data["zoom"] or view.z, WORLD.zoom), *middle_of(view))


def _ways(look: Look, window: Window, filters: dict[str, str]) -> list[dict[str, str]]:
    """The links around the map, in words and in the order of reading."""
    words = {
        "closer": _("Closer"),
        "farther": _("Farther"),
        "world": _("World"),
        "north": _("North"),
        "south": _("South"),
        "west": _("West"),
        "east": _("East"),
    }
    there = moves(look, window.view)
    return [
        {"words": word, "address": address(there[name], filters)}
        for name, word in words.items()
        if name in there
    ]


def _list_address(form: MapForm, window: Window) -> str:
    """The list of what the first layer shows in this part of the world."""
    layer = form.layers[0]
    part = {"bbox": window.bbox} if window.bbox else {}
    query = urlencode({**form.filters_of(layer), **part})
    return f"{reverse(f'frontend:{layer.value}')}?{query}"
