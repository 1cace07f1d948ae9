"""The values of a program as the desk and the API name them, and as its history keeps them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from directory.models import Program, ProgramFacility, ProgramText

Values = dict[str, Any]
# The name of a text among the values, and its column.
TEXTS = {
    "names": "name",
    "summaries": "summary",
    "descriptions": "description",
    "how_to_join": "how_to_join",
    "how_to_be_visited": "how_to_be_visited",
}
PLACE = ("country", "region", "locality", "point", "precision")
_PLAIN = ("status", "languages", "services", "website", "contact", "capacity", "withheld")
FIELDS = (*TEXTS, *_PLAIN, "facilities", *PLACE)


def with_values(programs: QuerySet[Program]) -> QuerySet[Program]:
    """Programs with all that `values_of` reads: two queries more."""
    visits = ProgramFacility.objects.select_related("facility").order_by("id")
    texts = ProgramText.objects.order_by("language")
    return programs.select_related("organization").prefetch_related(
        Prefetch("texts", queryset=texts), Prefetch("visits", queryset=visits)
    )


def values_of(program: Program) -> Values:
    """Every value that can be edited, as JSON takes it; no query after `with_values`.

    Texts are `{language: text}` without those that are empty, facilities `{id, slug, name}` in
    their order, a point is `{lat, lon}` or nothing.
    """
    values: Values = {name: {} for name in TEXTS}
    for text in sorted(program.texts.all(), key=lambda text: text.language):
        for name, column in TEXTS.items():
            if value := getattr(text, column):
                values[name][text.language] = value
    for name in _PLAIN:
        values[name] = getattr(program, name)
    values["facilities"] = [_place(visit) for visit in program.visits.all()]
    point = {"lat": program.latitude, "lon": program.longitude}
    return values | {
        "status": str(program.status),
        "country": program.country,
        "region": program.admin1,
        "locality": program.locality,
        "point": None if program.latitude is None else point,
        "precision": str(program.precision),
    }


def place_columns(values: Values) -> Values:
    """The columns of a program for the values that say where it is."""
    point = values["point"] or {"lat": None, "lon": None}
    return {
        "country": values["country"],
        "admin1": values["region"],
        "locality": values["locality"],
        "latitude": point["lat"],
        "longitude": point["lon"],
        "precision": values["precision"],
    }


def _place(visit: ProgramFacility) -> Values:
    known = visit.facility
    return {
        "id": str(known.pk) if known else None,
        "slug": known.slug if known else None,
        "name": visit.name,
    }
