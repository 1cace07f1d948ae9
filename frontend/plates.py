"""Small maps beside lists: the numbers on them are the numbers of the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from directory.enums import Precision
from directory.models import Facility, Listing
from directory.queries.map_clusters import apart, clusters_of
from directory.queries.map_pyramid import Layer
from directory.queries.map_spots import Spot
from frontend.atlas.marks import Kind
from frontend.atlas.plates import fitted, frame_around, view_of
from frontend.forms.filter_form import FilterForm
from frontend.pictures import Picture, Point, plate_picture

SIZE = (560, 620)
# Beside the facts of one program or place, and for rows from all over the world.
SIDE, WORLD = (420, 360), (560, 400)
LARGE = (704, 512)
# Shown at half its size on phones, so that it is as sharp as their screens.
SMALL = (780, 640)
SMALL_SCALE = 2
WORLD_ZOOM, CROWDED_ZOOM, CLUSTERS_APART = 1, 5, 30
MOST_SQUARES = 120
NOWHERE = frozenset((Precision.COUNTRY.value, Precision.WITHHELD.value))


@dataclass(frozen=True, slots=True)
class Plate:
    """The pictures of a small map: for the desk, and for phones."""

    desk: Picture
    phone: Picture


def has_point(row: Listing | Facility) -> bool:
    """Whether a row stands on a map: it has a point, and the point is meant as one."""
    return row.latitude is not None and row.precision not in NOWHERE


def numbered(rows: Iterable[Listing | Facility]) -> list[Point]:
    """Marks with the numbers of a list, one for each town: "2 5" for two in one town."""
    towns: dict[tuple[float, float], list[str]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        if has_point(row) and row.longitude is not None and row.latitude is not None:
            towns[row.longitude, row.latitude].append(str(number))
    return [(lon, lat, "number", " ".join(numbers)) for (lon, lat), numbers in towns.items()]


def squares(places: Iterable[Facility]) -> list[Point]:
    """Small squares for places of detention, one a town."""
    towns = {
        (place.longitude, place.latitude)
        for place in places
        if has_point(place) and place.longitude is not None and place.latitude is not None
    }
    return [(lon, lat, "facility", "") for lon, lat in sorted(towns)]


def spot_squares(spots: Sequence[Spot]) -> list[Point]:
    """Small squares for the places of a country; with figures where they are too many."""
    placed = [spot for spot in spots if spot.precision not in NOWHERE]
    if len(placed) <= MOST_SQUARES:
        return [(spot.longitude, spot.latitude, "facility", "") for spot in placed]
    found = apart(clusters_of(placed, CROWDED_ZOOM), CROWDED_ZOOM, CLUSTERS_APART)
    return [
        (one.longitude, one.latitude, "facility", str(one.count) if one.count > 1 else "")
        for one in found
    ]


def single(row: Listing | Facility) -> list[Point]:
    """The mark of one row alone: a disc, a square, or a ring where only the region is known."""
    if not has_point(row) or row.longitude is None or row.latitude is None:
        return []
    kind: Kind = "facility" if isinstance(row, Facility) else "program"
    if row.precision == Precision.REGION:
        kind = "area"
    return [(row.longitude, row.latitude, kind, "")]


def of_program(listing: Listing) -> Plate | None:
    """Where a program is at home, and the places that it visits; its country around them."""
    places = [visit.facility for visit in listing.visits.all() if visit.facility]
    return plate_of([*squares(places), *single(listing)], listing.country.iso2, SIDE)


def of_facility(place: Facility, visitors: Sequence[Listing]) -> Plate | None:
    """Where a place is, and the programs that visit it; its country around them."""
    if not has_point(place):
        return None
    discs = [point for listing in visitors for point in single(listing)]
    return plate_of([*discs, *single(place)], place.country.iso2, SIDE)


def of_country(iso2: str, listings: Sequence[Listing], spots: Sequence[Spot]) -> Plate | None:
    """The numbers of the programs of a country, and all its places of detention."""
    return plate_of([*spot_squares(spots), *numbered(listings)], iso2)


def plate_of(
    points: Sequence[Point], iso2: str = "", size: tuple[int, int] = SIZE
) -> Plate | None:
    """The small map of these marks, or of a country with them; None where there is nothing."""
    if not points:
        return None
    places = [(lon, lat) for lon, lat, _kind, _text in points]
    desk, phone = (view_of(iso2, places, *one) for one in (size, SMALL))
    if desk is None or phone is None:
        return None
    return Plate(
        plate_picture(desk, points, highlight=iso2),
        plate_picture(phone, points, highlight=iso2, scale=SMALL_SCALE),
    )


def beside_list(
    rows: Sequence[Listing | Facility],
    form: FilterForm,
    layer: Layer,
    *,
    without_numbers: bool = False,
) -> dict[str, Any]:
    """What a list shows beside itself: its small map, how many rows are not on it, the large one.

    `plate` is None where no row has a point, `unplaced` the number of rows without one. Rows that
    lie all over the world are drawn as clusters: fifty numbers on a small world say nothing.
    """
    filters = {name: value for name, value in form.asked.items() if name not in ("bbox", "cursor")}
    if layer == Layer.FACILITIES:
        kept = ("q", "country", "near")
        filters = {name: value for name, value in filters.items() if name in kept}
        filters["show"] = layer.value
    if (box := form.cleaned_data.get("bbox")) is not None:
        view = fitted((box.west, box.south, box.west + box.width, box.north), *LARGE)
        west, south, east, north = view.bbox
        middle = ((west + east) / 2 + 180) % 360 - 180
        filters |= {"zoom": str(max(view.z, 1)), "at": f"{(south + north) / 2:.3f},{middle:.3f}"}
    points = numbered(rows)
    wide = without_numbers or _is_worldwide(points)
    if wide:
        plate = plate_of(clustered(rows), size=WORLD)
    else:
        plate = plate_of(points, form.land.iso2 if form.land else "")
    return {
        "plate": plate,
        "plate_has_numbers": not wide,
        "unplaced": sum(not has_point(row) for row in rows),
        "map_address": f"{reverse('frontend:map')}?{urlencode(filters)}",
    }


def clustered(rows: Iterable[Listing | Facility]) -> list[Point]:
    """Discs with figures for what is close together on the map of these rows."""
    spots = [
        Spot(row.latitude, row.longitude, 1, row.slug, row.locality, "", row.precision)
        for row in rows
        if has_point(row) and row.latitude is not None and row.longitude is not None
    ]
    frame = frame_around([(spot.longitude, spot.latitude) for spot in spots])
    zoom = fitted(frame, *WORLD).z if frame else WORLD_ZOOM
    found = apart(clusters_of(spots, zoom), zoom, CLUSTERS_APART)
    return [
        (one.longitude, one.latitude, "cluster", str(one.count))
        if one.count > 1
        else (one.longitude, one.latitude, "program", "")
        for one in found
    ]


def _is_worldwide(points: Sequence[Point]) -> bool:
    """Whether these marks only fit on a map of the world."""
    frame = frame_around([(lon, lat) for lon, lat, _kind, _text in points])
    return frame is not None and fitted(frame, *SIZE).z <= WORLD_ZOOM
