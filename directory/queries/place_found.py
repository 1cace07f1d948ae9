"""What is found when somebody names a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from directory.queries.points import Point


class PlaceKind(StrEnum):
    """What kind of place was found by its name."""

    TOWN = "town"
    LOCALITY = "locality"
    FACILITY = "facility"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that a name may mean.

    `name` is in the reader's language where one is known. `country` is an ISO code, empty where
    none is known. `region` is the state or province, where it is known. `population` is 0 where it
    is not known. A locality is a town that only entries of this directory name.
    """

    kind: PlaceKind
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int = 0

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.latitude, self.longitude)
