"""What has changed in the directory: for those who keep a copy of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from directory.models import Listing, Removal
from directory.queries.cursor import Cursor, Page, decode_cursor, page_from, part_beyond
from directory.queries.orders import by_change
from directory.queries.program_rows import ProgramRow, complete, program_rows

CHANGES = by_change("programs", newest_first=False)


@dataclass(frozen=True, slots=True)
class Changes:
    """A part of what has changed: listings as they are now, and what a copy must not hold.

    `gone` are `{id, version, updated_at}` of listings that went away, or that the question does
    not find any more.
    """

    rows: list[ProgramRow]
    gone: list[dict[str, Any]]
    previous: str
    next: str


def changes_after(
    found: QuerySet[Listing], after: dt.datetime, cursor: Cursor | None, size: int
) -> Changes:
    """A page of what has changed after a moment, the earliest first. Three queries.

    `found` are the listings that the question finds. Whoever follows `next` to the end and asks
    again from the last date misses nothing, see `change_revision`.

    Raises:
        BadCursorError: the cursor is none of this list.
    """
    listed = program_rows(
        Listing.objects.filter(updated_at__gt=after), "id", "version", "updated_at"
    )
    removed = _removals(after)
    both = [
        row for rows in (listed, removed) for row in part_beyond(rows, CHANGES, cursor)[: size + 1]
    ]
    backwards = cursor is not None and cursor.direction == "before"
    both.sort(key=lambda row: (row["updated_at"], row["id"]), reverse=backwards)
    return _told(page_from(both[: size + 1], CHANGES, cursor, size), found)


def all_changes_after(
    found: QuerySet[Listing], after: dt.datetime, size: int
) -> Iterator[Changes]:
    """Everything that has changed after a moment, page by page."""
    cursor = None
    while True:
        part = changes_after(found, after, cursor, size)
        yield part
        if not part.next:
            return
        cursor = decode_cursor(part.next, CHANGES.kind)


def _removals(after: dt.datetime) -> QuerySet[Any, dict[str, Any]]:
    """Tombstones under the names of the columns of listings."""
    rows = Removal.objects.filter(removed_at__gt=after)
    dated: Any = rows.annotate(updated_at=F("removed_at"))
    found: QuerySet[Any, dict[str, Any]] = dated.values("id", "version", "updated_at")
    return found


def _told(page: Page[dict[str, Any]], found: QuerySet[Listing]) -> Changes:
    """A page with its places, and without what the question does not find."""
    ids = [row["id"] for row in page.rows if "slug" in row]
    fits = set(found.filter(pk__in=ids).values_list("pk", flat=True))
    gone = [
        {name: row[name] for name in ("id", "version", "updated_at")}
        for row in page.rows
        if row["id"] not in fits
    ]
    rows = complete([row for row in page.rows if row["id"] in fits])
    return Changes(rows, gone, page.previous, page.next)
