"""Values as JSON, the same wherever they are written."""

from __future__ import annotations

from typing import Any

import orjson

from network.fields import PartialDate

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_DATACLASS


def json_bytes(value: Any) -> bytes:
    """A value as JSON in UTF-8; moments in UTC, UUIDs and partial dates as text.

    Raises:
        TypeError: it holds what has no form in JSON.
    """
    return orjson.dumps(value, default=_text, option=_OPTIONS)


def _text(value: Any) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
