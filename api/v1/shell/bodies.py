"""What a request says: one JSON object, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from math import isinf
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from rest_framework.exceptions import ValidationError

from api.problems import Refusal

JSON = "application/json"
# The server refuses longer ones before they are read.
LARGEST = 64 * 1024
BODY = "body"


def body_of(request: HttpRequest, largest: int = LARGEST) -> dict[str, Any]:
    """The object that a request carries; an empty one where it carries nothing.

    A name that stands twice, a number that is none in JSON, half a character or U+0000 is refused:
    what is read must be what was meant, and must fit into the database.

    Raises:
        Refusal: 413 for a body that is too long, 415 for one that is no JSON.
        ValidationError: by the name `body`, for what is no JSON object.
    """
    try:
        raw = request.body
    except RequestDataTooBig:
        raise too_large(largest) from None
    if len(raw) > largest:
        raise too_large(largest)
    if not raw:
        return {}
    media_type, _semicolon, more = request.headers.get("Content-Type", "").partition(";")
    charset = more.strip().lower().removeprefix("charset=").strip('"')
    if media_type.strip().lower() != JSON or charset not in ("", "utf-8"):
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            {"Accept": JSON},
            detail=f"Send {JSON} in UTF-8.",
        )
    return _object(raw)


def too_large(largest: int = LARGEST) -> Refusal:
    """413."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=f"Send at most {largest} bytes at once."
    )


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            raw.decode(), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite
        )
        is_sound = all(_is_sound(text) for text in _texts(found))
    except (ValueError, RecursionError):
        raise ValidationError({BODY: ["Write JSON in UTF-8, each name once."]}) from None
    if not is_sound:
        raise ValidationError({BODY: ["Take out U+0000 and halves of characters."]})
    if not isinstance(found, dict):
        raise ValidationError({BODY: ["Write a JSON object: {...}."]})
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs.

    Raises:
        ValueError: a name stands twice.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(word: str) -> Any:
    """`NaN` and `Infinity` are no JSON.

    Raises:
        ValueError: always.
    """
    raise ValueError(word)


def _finite(text: str) -> float:
    """The number, if there is one so large.

    Raises:
        ValueError: there is none.
    """
    found = float(text)
    if isinf(found):
        raise ValueError(text)
    return found


def _texts(value: Any) -> Iterable[str]:
    """Every text in a value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _texts(one)


def _is_sound(text: str) -> bool:
    return "\0" not in text and not any(0xD800 <= ord(char) <= 0xDFFF for char in text)
