"""Where `places_named` looks: the table of towns, and what the directory itself knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, When

from directory.enums.regions import REGIONS
from directory.models import GazetteerName, GazetteerPlace
from directory.queries.close_spellings import close_spellings
from directory.queries.known_places import SAME_TOWN_KM, Known, KnownPlace
from directory.queries.place_found import PlaceFound, PlaceKind
from directory.queries.place_key import place_key
from directory.queries.place_question import Reading
from directory.queries.points import kilometres

# Beginnings shorter than this are those of half the world.
LEAST_BEGINNING = 2
LEAST_OF_KNOWN = 3
# Of one name no more towns than these are looked at; the most frequent one has some forty.
OF_ONE_NAME = 300
# A town counts for as much larger where it is its main name that was typed, not a byname.
MAIN = 20
MOST_COUNTRIES = 2
# Towns of one country this close are one town, whatever they are called.
SAME_SPOT_KM = 5.0
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class PlaceLookup:
    """One question: what is known, the country it is about if any, the reader's language."""

    known: Known
    country: str
    language: str

    def equal(self, readings: list[Reading]) -> list[PlaceFound]:
        """What bears exactly the name, reading by reading. One query."""
        rows = self._names({reading.key for reading in readings})
        found: list[PlaceFound] = []
        for reading in readings:
            weights: dict[GazetteerPlace, int] = {}
            for row in rows:
                place = row.place
                if row.folded == reading.key and reading.admits(place.country, place.admin1):
                    weights[place] = place.population * (MAIN if row.is_main else 1)
            towns = sorted(weights, key=lambda place: (-weights[place], place.pk))
            found += self._in_order([self._town(place) for place in towns], reading)
        return found

    def begun(self, reading: Reading, limit: int) -> list[PlaceFound]:
        """What begins with the name; places of detention where a word of theirs does. One query.

        Up to half of the room is kept for what the directory itself knows.
        """
        key = reading.key
        if len(key) < LEAST_BEGINNING:
            return []
        towns = self._begun_towns(reading, limit)
        if len(key) < LEAST_OF_KNOWN:
            return towns
        countries = self._known([c for c in self.known.countries if _begins(c, key)], reading)
        localities = self._known(self.known.localities_from(key, OF_ONE_NAME), reading)
        facilities = self._known([f for f in self.known.facilities if _has_word(f, key)], reading)
        others = [*_apart_from(localities, towns), *facilities]
        room = limit - min(len(others), limit // 2)
        return [*countries[:MOST_COUNTRIES], *towns[:room], *others, *towns[room:]]

    def _begun_towns(self, reading: Reading, limit: int) -> list[PlaceFound]:
        key = reading.key
        names = GazetteerName.objects.filter(folded__gte=key, folded__lt=key + _LAST)
        is_main = Q(pk__in=names.filter(is_main=True).values("place"))
        weight = Case(
            When(is_main, then=F("population") * MAIN),
            default=F("population"),
            output_field=IntegerField(),
        )
        rows = GazetteerPlace.objects.filter(self._where(reading), pk__in=names.values("place"))
        return [self._town(row) for row in rows.order_by(weight.desc(), "pk")[:limit]]

    def close(self, readings: list[Reading], limit: int) -> list[PlaceFound]:
        """What is one typing error away, towns by population. One query, or none."""
        close = {reading: frozenset(close_spellings(reading.key)) for reading in readings}
        rows = self._names(frozenset().union(*close.values()))
        found: list[PlaceFound] = []
        for reading, keys in close.items():
            places = dict.fromkeys(row.place for row in rows if row.folded in keys)
            towns = [self._town(row) for row in places if reading.admits(row.country, row.admin1)]
            countries = self._known(_called(self.known.countries, keys), reading)
            localities = self._known(self.known.localities_called(keys), reading)
            facilities = self._known(_called(self.known.facilities, keys), reading)
            found += [*countries, *towns[:limit], *_apart_from(localities, towns), *facilities]
        return found

    def _in_order(self, towns: list[PlaceFound], reading: Reading) -> list[PlaceFound]:
        """All that bears one name, by kind: see `places_named`."""
        keys = frozenset((reading.key,))
        # A country is meant by its codes too.
        code = self.known.codes.get(reading.key, "")
        countries = self._known([c for c in self.known.countries if c.country == code], reading)
        localities = self._known(self.known.localities_called(keys), reading)
        facilities = self._known(_called(self.known.facilities, keys), reading)
        home = {place.country for place in countries}
        return [
            *(town for town in towns if town.country in home),
            *countries,
            *(town for town in towns if town.country not in home),
            *_apart_from(localities, towns, same_name=True),
            *facilities,
        ]

    def _names(self, keys: Collection[str]) -> list[GazetteerName]:
        """Names that are one of these, with their towns, the largest first. One query or none."""
        rows = GazetteerName.objects.filter(folded__in=sorted(keys)).select_related("place")
        if self.country:
            rows = rows.filter(place__country=self.country)
        return list(rows.order_by("-place__population", "place", "folded")[:OF_ONE_NAME])

    def _where(self, reading: Reading) -> Q:
        where = Q(country=self.country) if self.country else Q()
        areas = Q()
        for country, admin1 in sorted(reading.areas):
            areas |= Q(country=country, admin1=admin1) if admin1 else Q(country=country)
        return where & areas

    def _known(self, places: Iterable[KnownPlace], reading: Reading) -> list[PlaceFound]:
        """Those of the known places that lie where the question wants them."""
        return [
            self._shown(one)
            for one in places
            if reading.admits(one.country, one.admin1) and self.country in ("", one.country)
        ]

    def _town(self, row: GazetteerPlace) -> PlaceFound:
        return PlaceFound(
            kind=PlaceKind.TOWN,
            name=name_in(row.names, self.language) or row.name,
            country=row.country,
            region=REGIONS.get((row.country, row.admin1), ""),
            latitude=row.latitude,
            longitude=row.longitude,
            population=row.population,
        )

    def _shown(self, one: KnownPlace) -> PlaceFound:
        return PlaceFound(
            kind=one.kind,
            name=name_in(one.names, self.language) or one.name,
            country=one.country,
            region=one.region,
            latitude=one.latitude,
            longitude=one.longitude,
        )


def name_in(names: dict[str, str], language: str) -> str:
    """The name in a language, or in the one that it is a form of; empty where there is none."""
    return names.get(language) or names.get(language.partition("-")[0]) or ""


def _called(places: Iterable[KnownPlace], keys: frozenset[str]) -> list[KnownPlace]:
    return [one for one in places if not one.keys.isdisjoint(keys)]


def _begins(one: KnownPlace, key: str) -> bool:
    return any(name.startswith(key) for name in one.keys)


def _has_word(one: KnownPlace, key: str) -> bool:
    """Whether the text stands in a name where a word begins."""
    return any(f" {key}" in f" {name}" for name in one.keys)


def _apart_from(
    places: list[PlaceFound], towns: list[PlaceFound], *, same_name: bool = False
) -> list[PlaceFound]:
    """The places that are none of the towns again; `same_name` says that all bear one name."""

    def is_again(place: PlaceFound, town: PlaceFound) -> bool:
        alike = same_name or place_key(place.name) == place_key(town.name)
        reach = SAME_TOWN_KM if alike else SAME_SPOT_KM
        return place.country == town.country and kilometres(place.point, town.point) < reach

    return [place for place in places if not any(is_again(place, town) for town in towns)]
