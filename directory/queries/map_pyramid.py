"""The whole map at every zoom, reckoned once for each state of the directory."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from threading import Lock

from directory.models import Listing
from directory.queries.boxes import Box
from directory.queries.facilities import listed_facilities
from directory.queries.map_clusters import Cluster, clusters_of
from directory.queries.map_spots import Spot, facility_spots, listing_spots

# Above this zoom a view holds so little of the world that it is reckoned when it is asked for.
KEPT_ZOOM = 6


class Layer(StrEnum):
    """What a map shows."""

    PROGRAMS = "programs"
    FACILITIES = "facilities"


class Pyramid:
    """All spots of one layer, and their clusters from zoom 0 to 6 once they were asked for.

    At 100,000 listings in 30,000 towns about 20 MiB; two are kept, one a layer.
    """

    def __init__(self, spots: list[Spot]) -> None:
        """Of these spots."""
        self.spots = spots
        self._levels: dict[int, list[Cluster]] = {}
        self._lock = Lock()

    def within(self, box: Box, zoom: int) -> list[Cluster]:
        """The clusters of a zoom whose middle lies in a box."""
        if zoom > KEPT_ZOOM:
            near = [spot for spot in self.spots if box.holds(spot.latitude, spot.longitude)]
            return clusters_of(near, zoom)
        with self._lock:
            if zoom not in self._levels:
                self._levels[zoom] = clusters_of(self.spots, zoom)
            level = self._levels[zoom]
        return [one for one in level if box.holds(one.latitude, one.longitude)]


def pyramid_of(layer: Layer, mark: str) -> Pyramid:
    """The unfiltered map of one layer, kept while the directory has this mark.

    No query where it is kept, else two. Without a mark nothing is kept.
    """
    return _kept(layer, mark) if mark else _made(layer)


def _made(layer: Layer) -> Pyramid:
    if layer == Layer.PROGRAMS:
        return Pyramid(listing_spots(Listing.objects.all()))
    return Pyramid(facility_spots(listed_facilities()))


@lru_cache(maxsize=len(Layer))
def _kept(layer: Layer, mark: str) -> Pyramid:
    return _made(layer)
