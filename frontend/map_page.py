"""The map without scripts: a drawn window, what stands in it, and the ways on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from directory.models import Country
from directory.queries.boxes import Box
from directory.queries.map_clusters import EDGE, Cluster
from directory.queries.map_features import Single, view_of
from directory.queries.map_pyramid import Layer, Pyramid
from frontend.atlas.layout import place_marks
from frontend.atlas.marks import Kind, Mark
from frontend.atlas.plates import View
from frontend.atlas.projections import MAX_ZOOM, from_mercator, mercator, world_size
from frontend.forms.map_form import MapForm
from frontend.map_words import apart, cluster_words, single_words
from frontend.pictures import Picture, Point, plate_picture

# A window moves by steps of its grid, so that there are only so many pictures of the world.
GRID = 128
MOST = 40
WIDE, NARROW = (704, 512), (320, 384)
# How much closer a link to a cluster leads.
CLOSER = 2
PAD = 0.0005
Layers = Mapping[Layer, Pyramid]


@dataclass(frozen=True, slots=True)
class Place:
    """Something on the map: its words, where it leads, and the rectangle to press, in CSS pixels.

    `name` and `language` are set where the words are a name.
    """

    words: str
    href: str
    coords: str
    layer: Layer
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Window:
    """One drawn window of the map with its places, in the order of rows from the upper left."""

    name: str
    view: View
    picture: Picture
    places: tuple[Place, ...]

    @property
    def bbox(self) -> str:
        """What it shows, as an address carries it; nothing where it shows the whole world."""
        return "" if self.view.width >= world_size(self.view.z) else box_of(self.view).text()


@dataclass(frozen=True, slots=True)
class Look:
    """Where a map looks: zoom, latitude and longitude of its middle."""

    zoom: int
    latitude: float
    longitude: float

    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        return {
            "zoom": str(self.zoom),
            "at": f"{round(self.latitude, 3):g},{round(self.longitude, 3):g}",
        }


WORLD = Look(1, 20, 11)


def window_of(
    name: str,
    look: Look,
    size: tuple[int, int],
    layers: Layers,
    countries: Mapping[str, Country],
    form: MapForm,
    today: dt.date,
) -> Window:
    """What one window shows. A query for names a layer, see `view_of`."""
    view = view_at(look, size)
    points: list[Point] = []
    words: list[tuple[str, str, Layer, str, str]] = []
    for layer, pyramid in layers.items():
        found = view_of(pyramid, layer, box_of(view), view.z, today, MOST)
        for cluster in found.clusters:
            points.append(_cluster_point(layer, cluster))
            said = cluster_words(layer, cluster, countries.get(cluster.country))
            words.append((said, _leads_to(layer, cluster, look, form), layer, "", ""))
        for single in found.singles:
            points.append(_single_point(layer, single))
            said = single_words(layer, single, countries.get(single.cluster.country))
            page = "frontend:program" if layer == Layer.PROGRAMS else "frontend:facility"
            href = reverse(page, args=[single.slug])
            # A sentence around a name is in the language of the page.
            own = single.language if said == apart(single.name) else ""
            words.append((said, href, layer, single.name, own))
    marks = [Mark(*view.point(lon, lat), kind, text) for lon, lat, kind, text in points]
    places = [
        Place(said, href, ",".join(str(round(side)) for side in placed.hit), layer, own, language)
        for placed in place_marks(marks, view.width, view.height)
        for said, href, layer, own, language in [words[placed.index]]
    ]
    return Window(name, view, plate_picture(view, points), tuple(places))


def view_at(look: Look, size: tuple[int, int]) -> View:
    """The window of a size around a place, on the grid, inside the world."""
    zoom = min(max(look.zoom, 0), MAX_ZOOM)
    world = world_size(zoom)
    # The whole world is a little less high than wide: nobody lives at its edges.
    width, height = min(size[0], world), min(size[1], world * 3 // 4)
    x, y = mercator(look.longitude, look.latitude, zoom)
    x0 = round((x - width / 2) / GRID) * GRID
    y0 = min(max(round((y - height / 2) / GRID) * GRID, 0), world - height)
    return View(zoom, x0 % world, y0, width, height)


def middle_of(view: View) -> tuple[float, float]:
    """Latitude and longitude of the middle of a window."""
    lon, lat = from_mercator(view.x0 + view.width / 2, view.y0 + view.height / 2, view.z)
    return lat, (lon + 180) % 360 - 180


def box_of(view: View) -> Box:
    """The box of a window; past the 180th meridian its east is less than its west."""
    if view.width >= world_size(view.z):
        west, east = -180.0, 180.0
        _west, south, _east, north = view.bbox
    else:
        west, south, east, north = view.bbox
        west, east = ((side + 180) % 360 - 180 for side in (west, east))
    return Box(west, max(south, -EDGE), east, min(north, EDGE))


def moves(look: Look, view: View) -> dict[str, Look]:
    """Where the links around a map lead; a direction that leads nowhere is missing."""
    look = Look(min(look.zoom, MAX_ZOOM), look.latitude, look.longitude)
    latitude, longitude = middle_of(view)
    step_x, step_y = view.width // 2, view.height // 2
    world = world_size(view.z)

    def moved(x: int, y: int) -> Look:
        lon, lat = from_mercator(
            view.x0 + view.width / 2 + x, view.y0 + view.height / 2 + y, view.z
        )
        return Look(look.zoom, max(-EDGE, min(EDGE, lat)), (lon + 180) % 360 - 180)

    found: dict[str, Look] = {}
    if look.zoom < MAX_ZOOM:
        found["closer"] = Look(look.zoom + 1, latitude, longitude)
    if look.zoom > WORLD.zoom:
        found["farther"] = Look(look.zoom - 1, latitude, longitude)
        found["world"] = WORLD
    if view.width < world:
        found["west"], found["east"] = moved(-step_x, 0), moved(step_x, 0)
    if view.y0 > 0:
        found["north"] = moved(0, -step_y)
    if view.y0 + view.height < world:
        found["south"] = moved(0, step_y)
    return found


def address(look: Look, filters: Mapping[str, str]) -> str:
    """The page of a look with filters."""
    return f"{reverse('frontend:map')}?{urlencode({**filters, **look.query()})}"


def _leads_to(layer: Layer, cluster: Cluster, look: Look, form: MapForm) -> str:
    """Closer to a cluster, or to the list of what is in it where closer shows no more."""
    kept = form.filters_of(layer)
    if cluster.precision == "country":
        land = {"country": cluster.country} if cluster.country else {}
        return f"{_list(layer)}?{urlencode({**kept, **land})}"
    if cluster.is_one_point or look.zoom >= MAX_ZOOM:
        return f"{_list(layer)}?{urlencode({**kept, 'bbox': _around(cluster.box)})}"
    closer = min(look.zoom + CLOSER, MAX_ZOOM)
    return address(Look(closer, cluster.latitude, cluster.longitude), form.carried)


def _list(layer: Layer) -> str:
    return reverse(f"frontend:{layer.value}")


def _around(box: Box) -> str:
    """A box a little larger than what it holds, since an address rounds."""
    return Box(
        max(box.west - PAD, -180), box.south - PAD, min(box.east + PAD, 180), box.north + PAD
    ).text()


def _cluster_point(layer: Layer, cluster: Cluster) -> Point:
    if layer == Layer.FACILITIES:
        kind: Kind = "facility"
    else:
        kind = "country" if cluster.precision == "country" else "cluster"
    return cluster.longitude, cluster.latitude, kind, str(cluster.count)


def _single_point(layer: Layer, single: Single) -> Point:
    kind: Kind = "facility" if layer == Layer.FACILITIES else "program"
    if single.cluster.precision == "country":
        return single.cluster.longitude, single.cluster.latitude, "country", "1"
    if single.cluster.precision == "region":
        kind = "area"
    return single.cluster.longitude, single.cluster.latitude, kind, ""
