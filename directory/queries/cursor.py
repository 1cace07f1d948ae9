"""Pages of a long list by cursor: constant cost however far one reads."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from django.db.models import Model, Q, QuerySet

from directory.queries.orders import Order, by_name
from network.validators import has_surrogates

PAGE_SIZE = 50
MAX_CURSOR = 2000
MAX_KEY = 400

Direction = Literal["after", "before"]
Row = TypeVar("Row")
SomeModel = TypeVar("SomeModel", bound=Model)


class BadCursorError(ValueError):
    """A text that is no cursor of this list."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is sorted by two columns, and the way to read on from it.

    `kind` names the list, so that the cursor of one list opens no other. `name` and `slug` are the
    texts of both columns; most lists are sorted by these two.
    """

    kind: str
    direction: Direction
    name: str
    slug: str

    def encode(self) -> str:
        """The cursor as opaque text for an address."""
        text = json.dumps([self.kind, self.direction, self.name, self.slug], ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in reading order, and the cursors of the pages on both sides, empty at an end."""

    rows: list[Row]
    previous: str
    next: str


def decode_cursor(text: str, kind: str) -> Cursor:
    """The cursor that an address carries.

    Raises:
        BadCursorError: damaged, made up, of another list, or longer than any real one.
    """
    if not text.isascii() or len(text) > MAX_CURSOR:
        raise BadCursorError("no cursor")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw.decode())
    except (binascii.Error, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadCursorError("no cursor") from error
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise BadCursorError("no cursor")
    match parts:
        case [str(found), "after" | "before" as direction, str(name), str(slug)] if found == kind:
            if _is_key(name) and _is_key(slug):
                return Cursor(kind, direction, name, slug)
    raise BadCursorError("no cursor of this list")


def page_of(
    rows: QuerySet[SomeModel], kind: str, cursor: Cursor | None, size: int = PAGE_SIZE
) -> Page[SomeModel]:
    """One page of rows that have a `name` and a `slug`, sorted by both. One query."""
    return page_in_order(rows, by_name(kind), cursor, size)


def page_in_order(
    rows: QuerySet[Any, Row], order: Order, cursor: Cursor | None, size: int = PAGE_SIZE
) -> Page[Row]:
    """One page of rows or of their values, which hold the columns of the order. One query.

    Raises:
        BadCursorError: the cursor's texts are no values of these columns.
    """
    found = list(part_beyond(rows, order, cursor)[: size + 1])
    return page_from(found, order, cursor, size)


def part_beyond(
    rows: QuerySet[Any, Row], order: Order, cursor: Cursor | None
) -> QuerySet[Any, Row]:
    """The rows on the far side of a cursor, the nearest first.

    Raises:
        BadCursorError: the cursor's texts are no values of these columns.
    """
    backwards = cursor is not None and cursor.direction == "before"
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor))
    return rows.order_by(*order.sorting(backwards))


def page_from(found: list[Row], order: Order, cursor: Cursor | None, size: int) -> Page[Row]:
    """The page that these rows make, the nearest to the cursor first and one more than shown."""
    backwards = cursor is not None and cursor.direction == "before"
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], previous="", next="")
    has_previous = more if backwards else cursor is not None
    has_next = True if backwards else more
    return Page(
        found,
        previous=_beside(order, "before", found[0]) if has_previous else "",
        next=_beside(order, "after", found[-1]) if has_next else "",
    )


def _beyond(order: Order, cursor: Cursor) -> Q:
    """The condition that a row lies on the far side of a cursor.

    The first column is bounded on its own, so that the database begins in its index right there.
    """
    try:
        first, second = order.first(cursor.name), order.second(cursor.slug)
    except (ValueError, OverflowError) as error:
        raise BadCursorError("no cursor of this order") from error
    side = "gt" if (cursor.direction == "after") != order.is_descending else "lt"
    column, other = order.columns
    further = Q(**{f"{column}__{side}": first}) | Q(**{f"{other}__{side}": second})
    return Q(**{f"{column}__{side}e": first}) & further


def _beside(order: Order, direction: Direction, row: object) -> str:
    """The cursor that reads on from one row."""
    values = row if isinstance(row, dict) else vars(row)
    first, second = (_text(values[column]) for column in order.columns)
    return Cursor(order.kind, direction, first, second).encode()


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


def _is_key(text: str) -> bool:
    """Whether a text can be the name or slug of a row."""
    return bool(text) and len(text) <= MAX_KEY and "\0" not in text and not has_surrogates(text)
