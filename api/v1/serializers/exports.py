"""Whole lists in one piece: as CSV, as GeoJSON and as lines of JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from network.serialization import json_bytes

Documents = Iterable[list[dict[str, Any]]]
BETWEEN = "|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def geojson_parts(parts: Documents) -> Iterator[bytes]:
    """One FeatureCollection of RFC 7946; what shows no point has no geometry."""
    yield b'{"type":"FeatureCollection","features":['
    between = b""
    for documents in parts:
        features = [json_bytes(feature(document)) for document in documents]
        if features:
            yield between + b",\n".join(features)
            between = b",\n"
    yield b"]}\n"


def jsonl_parts(parts: Iterable[list[Any]]) -> Iterator[bytes]:
    """One document a line."""
    for documents in parts:
        yield b"".join(json_bytes(document) + b"\n" for document in documents)


def csv_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV of RFC 4180 in UTF-8, each value a cell that no table program runs."""
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def feature(document: dict[str, Any]) -> dict[str, Any]:
    """A program or a place as a feature: its point is the geometry, all else its properties."""
    said = dict(document)
    point = said.pop("point")
    said["precision"] = point["precision"] if point else None
    geometry = {"type": "Point", "coordinates": [point["lon"], point["lat"]]} if point else None
    return {"type": "Feature", "id": said["id"], "geometry": geometry, "properties": said}


def cell(value: object) -> str:
    """A value as a cell; several words stand between `|`.

    A text that a table program would run as a formula begins with `'`. A number below zero
    begins with a space instead: it is no formula, and stays a number for whatever reads it.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return cell(BETWEEN.join(map(str, value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f" {value}" if value < 0 else str(value)
    text = _moment(value) if isinstance(value, dt.datetime) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
