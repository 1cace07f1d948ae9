"""Bodies of answers: JSON made once, fast, and kept until the directory changes."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse

from api.middleware.kept import kept
from network.fields import PartialDate

JSON = "application/json"


def json_bytes(value: Any) -> bytes:
    """A document as JSON; moments in UTC, UUIDs and partial dates as text."""
    return orjson.dumps(
        value, default=_text, option=orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_DATACLASS
    )


def json_answer(value: Any, mark: str, links: str = "") -> HttpResponse:
    """A document as an answer that is kept while the directory has this mark.

    `links` is the value of the `Link` header, RFC 8288.
    """
    answer = HttpResponse(json_bytes(value), content_type=JSON)
    if links:
        answer.headers["Link"] = links
    return kept(answer, mark)


def _text(value: Any) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
