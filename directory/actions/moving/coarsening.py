"""Points of an export, as coarse as the desk keeps them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from directory.actions.importing.report import RowRefusedError
from directory.actions.moving.checking import told
from directory.queries.coarse_places import CoarsePlace, coarsened
from directory.queries.points import Point

_WORDS = ("country", "region", "locality", "precision")


def coarsen_program(row: dict[str, Any]) -> None:
    """Make the point of a program's row as coarse as if a member had written it.

    Raises:
        RowRefusedError: it is to be shown exactly, or the desk would refuse the place.
    """
    point = None if row["latitude"] is None else Point(row["latitude"], row["longitude"])
    found = _coarse(row["country"], row["admin1"], row["locality"], row["precision"], point)
    row["precision"] = found.precision
    row["latitude"] = found.point.latitude if found.point else None
    row["longitude"] = found.point.longitude if found.point else None


def coarsen_snapshot(snapshot: dict[str, Any], country: str) -> None:
    """The same for a state in the history of a program of this country.

    Raises:
        RowRefusedError: as for a program, or the state says no place in the form of one.
    """
    spot, given = snapshot.get("point"), {name: snapshot.get(name, "") for name in _WORDS}
    if not all(isinstance(text, str) for text in given.values()):
        raise RowRefusedError("A state has a place that is none.")
    point = None
    if spot is not None:
        try:
            point = Point(float(spot["lat"]), float(spot["lon"]))
        except (KeyError, TypeError, ValueError) as error:
            raise RowRefusedError("A state has a point that is none.") from error
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise RowRefusedError("A point lies beyond the globe.")
    found = _coarse(
        given["country"] or country, given["region"], given["locality"], given["precision"], point
    )
    if "precision" in snapshot:
        snapshot["precision"] = found.precision
    if spot is not None:
        kept = found.point
        snapshot["point"] = {"lat": kept.latitude, "lon": kept.longitude} if kept else None


def _coarse(
    country: str, region: str, locality: str, precision: str, point: Point | None
) -> CoarsePlace:
    place = CoarsePlace(country, region, locality, point, precision)
    try:
        found = coarsened(place)
    except ValidationError as error:
        # Where no point is told, nothing has to be made coarse: a town of two is no matter then.
        if point is None and "precision" not in getattr(error, "error_dict", {}):
            return place
        raise told(error) from error
    return found if point is not None else place
