"""What the directory itself knows by name: countries, places of detention, towns of entries.

Names must be folded to be compared, which no database does alike, so all of them are kept folded
in memory. Each question first asks the database for a stamp, one query, and reads the names anew
where the stamp has changed. Memory grows with the number of different places, not of programs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Q, Subquery, Value

from directory.enums import Precision
from directory.enums.regions import REGIONS
from directory.models import Country, Facility, Listing
from directory.queries.place_found import PlaceKind
from directory.queries.place_key import place_key
from directory.queries.place_question import region_code
from directory.queries.points import arc_km

# Two points of one town in one country are the same town up to here.
SAME_TOWN_KM = 50.0
SHORTEST_NAME = 4
# Closer than this in degrees is closer than SAME_TOWN_KM anywhere, and asked more quickly.
_CLOSE = 0.3

_Stamp = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with its names: `names` by language, `keys` folded.

    `admin1` is the code of its region where that is known, `region` the name as it is shown.
    """

    kind: PlaceKind
    name: str
    names: dict[str, str]
    keys: frozenset[str]
    country: str
    admin1: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known: codes of countries by every name and code, and places by their kind.

    `codes` holds countries without a centre too. Localities are by key: of these there may be as
    many as there are programs. `locality_keys` are in order.
    """

    codes: dict[str, str]
    countries: tuple[KnownPlace, ...]
    facilities: tuple[KnownPlace, ...]
    localities: dict[str, list[KnownPlace]]
    locality_keys: list[str]

    def localities_called(self, keys: Iterable[str]) -> list[KnownPlace]:
        """The localities that bear one of these names."""
        return [place for key in sorted(keys) for place in self.localities.get(key, ())]

    def localities_from(self, beginning: str, most: int) -> list[KnownPlace]:
        """The localities whose names begin so, of the first `most` names."""
        start = bisect_left(self.locality_keys, beginning)
        keys = self.locality_keys[start : start + most]
        return self.localities_called(key for key in keys if key.startswith(beginning))


# What people write for countries that no list of countries has.
_ALSO_CALLED = {"uk": "GB", "great britain": "GB", "usa": "US", "uae": "AE", "drc": "CD"}

_last: tuple[_Stamp, Known] | None = None


def known_places() -> Known:
    """Everything the directory knows by name. One query, five where something has changed."""
    global _last  # noqa: PLW0603 - replaced whole, so that a reader beside sees the old or the new
    stamp = _stamp()
    last = _last
    if last is None or last[0] != stamp:
        last = _last = (stamp, _read())
    return last[1]


def _stamp() -> _Stamp:
    """What changes with every change of a country, a listing or a place of detention."""
    parts = []
    for rows in (Country.objects.all(), Listing.objects.all(), Facility.objects.all()):
        newest = rows.order_by("-updated_at").values("updated_at")[:1]
        number = rows.order_by().values(all=Value(1)).annotate(number=Count("pk"))
        parts += [Subquery(newest), Subquery(number.values("number"))]
    # Without a country there is nothing else.
    return Country.objects.order_by().values_list(*parts).first() or ()


def _read() -> Known:
    countries = tuple(Country.objects.order_by("iso2"))
    placed = Q(latitude__isnull=False, longitude__isnull=False)
    placed &= ~Q(precision__in=(Precision.COUNTRY, Precision.WITHHELD))
    where = ("locality", "admin1", "country__iso2", "latitude", "longitude")
    named = placed & ~Q(locality="")
    of_listings = Listing.objects.filter(named).order_by().values_list(*where).distinct()
    of_places = Facility.objects.filter(named, merged_into__isnull=True).order_by()
    rows = {*of_places.values_list(*where).distinct(), *of_listings}
    localities = _towns(sorted(rows))
    columns = ("name", "names", "admin1", "country__iso2", "latitude", "longitude")
    places = Facility.objects.filter(placed, merged_into__isnull=True).order_by("name", "slug")
    return Known(
        codes=dict(_codes(countries)),
        countries=tuple(_country(row) for row in countries if row.latitude is not None),
        facilities=tuple(_facilities(places.values_list(*columns))),
        localities=localities,
        locality_keys=sorted(localities),
    )


def _codes(countries: Iterable[Country]) -> Iterator[tuple[str, str]]:
    """Every way to name a country, and its code; a name has the last word over a code."""
    codes = {country.iso2 for country in countries}
    yield from ((word, code) for word, code in _ALSO_CALLED.items() if code in codes)
    for country in countries:
        yield country.iso2.lower(), country.iso2
        if country.iso3:
            yield country.iso3.lower(), country.iso2
    for country in countries:
        yield from ((place_key(name), country.iso2) for name in country.names.values())


def _country(row: Country) -> KnownPlace:
    return KnownPlace(
        kind=PlaceKind.COUNTRY,
        name=row.names.get("en") or row.iso2,
        names=row.names,
        keys=_keys(*row.names.values()),
        country=row.iso2,
        admin1="",
        region="",
        latitude=row.latitude or 0.0,
        longitude=row.longitude or 0.0,
    )


def _towns(
    rows: Iterable[tuple[str, str, str, float, float]],
) -> dict[str, list[KnownPlace]]:
    """Each town once: points of one name in one country that lie close together are one."""
    found: dict[str, list[KnownPlace]] = {}
    for locality, of_name in groupby(rows, key=itemgetter(0)):
        key = place_key(locality)
        if not key:
            continue
        places = found.setdefault(key, [])
        keys = frozenset((key,))
        for _name, admin1, iso2, latitude, longitude in of_name:
            if any(_is_same(one, iso2, latitude, longitude) for one in places):
                continue
            region = _region(iso2, admin1)
            point = (latitude, longitude)
            places.append(
                KnownPlace(PlaceKind.LOCALITY, locality, {}, keys, iso2, *region, *point)
            )
    return found


def _is_same(one: KnownPlace, iso2: str, latitude: float, longitude: float) -> bool:
    if one.country != iso2:
        return False
    if abs(one.latitude - latitude) < _CLOSE and abs(one.longitude - longitude) < _CLOSE:
        return True
    return arc_km(one.latitude, one.longitude, latitude, longitude) < SAME_TOWN_KM


def _facilities(rows: Iterable[tuple[Any, ...]]) -> Iterator[KnownPlace]:
    for name, names, admin1, iso2, latitude, longitude in rows:
        keys, region = _keys(name, *names.values()), _region(iso2, admin1)
        yield KnownPlace(PlaceKind.FACILITY, name, names, keys, iso2, *region, latitude, longitude)


def _region(iso2: str, admin1: str) -> tuple[str, str]:
    """The code of a region and its name; a code that says nothing to a reader is no name."""
    code = region_code(iso2, admin1)
    name = admin1 if len(admin1) >= SHORTEST_NAME else ""
    return code, REGIONS.get((iso2, code), name)


def _keys(*names: str) -> frozenset[str]:
    return frozenset(key for key in map(place_key, names) if key)
