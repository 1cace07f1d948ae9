"""Pages of a long list by cursor: constant cost however far one reads."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from django.db.models import Model, Q, QuerySet

from network.validators import has_surrogates

PAGE_SIZE = 50
MAX_CURSOR = 2000
MAX_KEY = 400

Direction = Literal["after", "before"]
Row = TypeVar("Row", bound=Model)


class BadCursorError(ValueError):
    """A text that is no cursor of this list."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is sorted by name and slug, and the way to read on from it.

    `kind` names the list, so that the cursor of one list opens no other.
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
    rows: QuerySet[Row], kind: str, cursor: Cursor | None, size: int = PAGE_SIZE
) -> Page[Row]:
    """One page of rows that have a `name` and a `slug`, sorted by both. One query."""
    backwards = cursor is not None and cursor.direction == "before"
    order = ("-name", "-slug") if backwards else ("name", "slug")
    found = list(_beyond(rows, cursor).order_by(*order)[: size + 1])
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
        previous=_beside(kind, "before", found[0]) if has_previous else "",
        next=_beside(kind, "after", found[-1]) if has_next else "",
    )


def _beyond(rows: QuerySet[Row], cursor: Cursor | None) -> QuerySet[Row]:
    """The rows on the far side of a cursor."""
    if cursor is None:
        return rows
    side = "gt" if cursor.direction == "after" else "lt"
    further = Q(**{f"name__{side}": cursor.name})
    return rows.filter(further | Q(name=cursor.name, **{f"slug__{side}": cursor.slug}))


def _beside(kind: str, direction: Direction, row: Model) -> str:
    """The cursor that reads on from one row."""
    return Cursor(kind, direction, str(vars(row)["name"]), str(vars(row)["slug"])).encode()


def _is_key(text: str) -> bool:
    """Whether a text can be the name or slug of a row."""
    return bool(text) and len(text) <= MAX_KEY and "\0" not in text and not has_surrogates(text)
