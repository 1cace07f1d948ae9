"""The rows of an export, checked as if a stranger had written them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from directory.actions.importing.report import RowRefusedError
from directory.enums import Precision, ProgramStatus, Service
from directory.enums.withholding import WITHHOLDABLE
from directory.queries.export.asked import OFFER
from directory.queries.export.parts import ORGANIZATION, PROGRAM, TEXT, UPLOAD
from directory.queries.program_values import FIELDS
from directory.validators import normalise_language, validate_public_text, validate_slug
from network.enums import OrganizationKind, UploadKind
from network.validators import validate_plain_text, validate_web_address

Row = dict[str, Any]
LONGEST_LIST = 200
LONGEST_TEXT = 20_000
MOST_NUMBER = 2**31 - 1
_COMMON = {"id", "created_at"}
_COUNTRY = 2


def checked_organization(row: Row) -> Row:
    """The organization's own row.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    _keys(row, {*_COMMON, *ORGANIZATION, "here"})
    _common(row)
    _each(row, ("name",), _line)
    _valid(validate_slug, row["slug"])
    _mapping(row["names"], _line)
    _country(row["country"])
    _choice(row["kind"], OrganizationKind.values)
    _languages(row["languages"])
    _website(row["website"])
    _number(row["version"])
    return row


def checked_program(row: Row) -> Row:
    """A working copy with its texts and places.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    _keys(row, {*_COMMON, *PROGRAM, "confirmed_on", "texts", "places", "here"})
    _common(row)
    _valid(validate_slug, row["slug"])
    _choice(row["status"], ProgramStatus.values)
    _country(row["country"])
    _each(row, ("admin1", "locality"), _line)
    _point(row)
    _languages(row["languages"])
    for service in _list(row["services"]):
        _choice(service, Service.values)
    _website(row["website"])
    for name in ("contact", "capacity"):
        _public_values(row[name])
    for name in _list(row["withheld"]):
        _choice(name, WITHHOLDABLE)
    row["replaces"] = [str(_uuid(one)) for one in _list(row["replaces"])]
    _number(row["version"])
    row["confirmed_on"] = _day(row["confirmed_on"])
    for text in _list(row["texts"]):
        _text(text)
    _once(text["language"] for text in row["texts"])
    for place in _list(row["places"]):
        _keys(place, {"facility", "name"})
        place["facility"] = None if place["facility"] is None else _uuid(place["facility"])
        _line(place["name"])
    _once(place["name"] for place in row["places"])
    return row


def checked_version(row: Row) -> Row:
    """A state in the history of a working copy; bringing it back checks its values once more.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    _keys(row, {*_COMMON, "version", "changed", "snapshot", "program", "here"})
    _common(row)
    row["program"] = _uuid(row["program"])
    _number(row["version"])
    for name in _list(row["changed"]):
        _choice(name, FIELDS)
    if not isinstance(row["snapshot"], dict) or not set(row["snapshot"]) <= set(FIELDS):
        raise RowRefusedError("A state has other values than a program.")
    return row


def checked_upload(row: Row) -> Row:
    """What an export says of a file; the file itself is looked at elsewhere.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    _keys(row, {*_COMMON, *UPLOAD, "subject"})
    _common(row)
    _choice(row["kind"], UploadKind.values)
    row["subject"] = None if row["subject"] is None else _uuid(row["subject"])
    if (row["kind"] == UploadKind.PHOTO) != (row["subject"] is not None):
        raise RowRefusedError("Only a photo is of a program.")
    for name in ("bytes", *(n for n in ("width", "height") if row[n] is not None)):
        _number(row[name])
    _each(row, ("title", "media_type", "sha256"), _line)
    _mapping(row["alt"], _line)
    return row


def checked_entry(row: Row) -> Row:
    """An entry of the log of the other node.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    names = ("verb", "object_kind", "purpose", "via", "node")
    _keys(row, {*_COMMON, *names, "object_id", "person", "details"})
    _common(row)
    _each(row, names, _line)
    for name in ("object_id", "person"):
        row[name] = None if row[name] is None else _uuid(row[name])
    if not isinstance(row["details"], dict):
        raise RowRefusedError("details is no mapping.")
    return row


def checked_statement(row: Row, names: set[str]) -> Row:
    """What a group says of a place: who it is and where, the rest is looked at as at the desk.

    `facility_slug` and `confirmed_on` are absent in exports of releases that did not write them.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    late = {"facility_slug": None, "confirmed_on": None}
    if isinstance(row, dict):
        row = {**{name: late[name] for name in names & set(late)}, **row}
    _keys(row, {*_COMMON, *names})
    _common(row)
    row["facility"] = None if row["facility"] is None else _uuid(row["facility"])
    if row["facility_slug"] is not None:
        _valid(validate_slug, row["facility_slug"])
    if "confirmed_on" in names:
        row["confirmed_on"] = _day(row["confirmed_on"])
    return row


def checked_offer(row: Row) -> Row:
    """An offer of help; its values are looked at as at the desk.

    Raises:
        RowRefusedError: it is not as an export writes it.
    """
    _keys(row, {*_COMMON, *OFFER, "kind"})
    _common(row)
    _choice(row["kind"], ("offer",))
    if not isinstance(row["text"], str):
        raise RowRefusedError("A text is none, or too long.")
    _languages(row["languages"])
    return row


def moment(value: Any) -> dt.datetime:
    """A moment that may lie ahead.

    Raises:
        RowRefusedError: it is none.
    """
    try:
        found = dt.datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise RowRefusedError("A moment is not in ISO 8601.") from error
    if found.tzinfo is None:
        raise RowRefusedError("A moment has no zone.")
    return found


def told(error: ValidationError) -> RowRefusedError:
    """What the desk says of a value, as the refusal of a row."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    texts = (
        f"{name}: {' '.join(messages)}" if name.strip("_") else " ".join(messages)
        for name, messages in by_field.items()
    )
    return RowRefusedError("; ".join(texts))


def fitting(instance: Model) -> None:
    """Refuse a row that its table does not take: too long, out of its vocabulary.

    Raises:
        RowRefusedError: with what the table says.
    """
    try:
        instance.clean_fields()
    except ValidationError as error:
        raise told(error) from error


def _keys(row: object, names: set[str]) -> None:
    if not isinstance(row, dict) or set(row) != names:
        raise RowRefusedError("This is no row of an export of this version.")


def _common(row: Row) -> None:
    row["id"] = _uuid(row["id"])
    row["created_at"] = _moment(row["created_at"])


def _each(row: Row, names: tuple[str, ...], check: Callable[[Any], None]) -> None:
    for name in names:
        check(row[name])


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise RowRefusedError("An id is no UUID.") from error


def _moment(value: Any) -> dt.datetime:
    found = moment(value)
    if not dt.datetime(2000, 1, 1, tzinfo=dt.UTC) <= found <= dt.datetime.now(dt.UTC):
        raise RowRefusedError("A moment lies in the future.")
    return found


def _day(value: Any) -> dt.date | None:
    try:
        day = None if value is None else dt.date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise RowRefusedError("A day is not in ISO 8601.") from error
    if day and day > dt.datetime.now(dt.UTC).date():
        raise RowRefusedError("A day lies in the future.")
    return day


def _valid(check: Callable[[str], None], value: Any) -> None:
    """Pass where a validator passes.

    Raises:
        RowRefusedError: with what the validator says.
    """
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise RowRefusedError("A text is none, or too long.")
    try:
        check(value)
    except ValidationError as error:
        raise RowRefusedError(" ".join(error.messages)) from error


def _line(value: Any) -> None:
    _valid(lambda text: validate_plain_text(text, lines=False), value)


def _lines(value: Any) -> None:
    _valid(lambda text: validate_public_text(text, lines=True), value)


def _website(value: Any) -> None:
    if value != "":
        _valid(validate_web_address, value)


def _choice(value: Any, known: Any) -> None:
    if not isinstance(value, str) or value not in known:
        raise RowRefusedError(f"{value!r:.40} is no word of the vocabulary.")


def _country(value: Any) -> None:
    if not isinstance(value, str) or len(value) != _COUNTRY or not value.isascii():
        raise RowRefusedError("A country is no code of two letters.")
    if not value.isupper():
        raise RowRefusedError("A country is no code of two capital letters.")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise RowRefusedError("A list is none, or too long.")
    return value


def _languages(value: Any) -> None:
    for code in _list(value):
        _valid(_is_usual, code)


def _is_usual(code: str) -> None:
    if normalise_language(code) != code:
        raise ValidationError(f"Write the language {code} as {normalise_language(code)}.")


def _mapping(value: Any, check: Callable[[Any], None]) -> None:
    if not isinstance(value, dict) or len(value) > LONGEST_LIST:
        raise RowRefusedError("Texts by language are no mapping.")
    for code, text in value.items():
        _valid(_is_usual, code)
        check(text)


def _public_values(value: Any) -> None:
    """A flat mapping of short texts, yes and no, and lists of words."""
    if not isinstance(value, dict) or len(value) > LONGEST_LIST:
        raise RowRefusedError("A mapping is none.")
    for name, inner in value.items():
        _line(name)
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, str):
                _lines(one)
            elif not (one is None or isinstance(one, bool | int)):
                raise RowRefusedError(f"{name!r:.40} is neither a text nor yes or no.")


def _number(value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_NUMBER:
        raise RowRefusedError("A number is none, or out of range.")


def _text(row: Any) -> None:
    _keys(row, {"id", *TEXT})
    row["id"] = _uuid(row["id"])
    _valid(_is_usual, row["language"])
    for name in TEXT[1:]:
        _lines(row[name])
    if not row["name"]:
        raise RowRefusedError("A text has no name.")


def _point(row: Row) -> None:
    """On the globe; how coarse it has to be is seen to by `coarse`."""
    _choice(row["precision"], Precision.values)
    point = row["latitude"], row["longitude"]
    if point == (None, None):
        return
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in point):
        raise RowRefusedError("A point is not given in degrees.")
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise RowRefusedError("A point lies beyond the globe.")


def _once(values: Any) -> None:
    seen = list(values)
    if len(set(seen)) != len(seen):
        raise RowRefusedError("Two of them are the same.")
