"""Pages of an answer sorted by how well it fits: at most 200 rows, nearest or best first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from directory.enums import Claim
from directory.models import Facility, Listing
from directory.queries.cursor import PAGE_SIZE, BadCursorError, Cursor, Page
from directory.queries.facilities import FacilityPage, listed_facilities
from directory.queries.listings import ListingPage, public_listings

MOST = 200
RANKED_PROGRAMS = "programs ranked"
RANKED_FACILITIES = "facilities ranked"


def ranked_listings(ids: Sequence[UUID], cursor: Cursor | None) -> ListingPage:
    """A page of listings in the order of their ids, with both counts. Three queries."""
    part = ranked_ids(ids, cursor, RANKED_PROGRAMS)
    rows = {row.pk: row for row in public_listings(Listing.objects.filter(pk__in=part.rows))}
    claimed = Listing.objects.filter(pk__in=ids).exclude(claim=Claim.UNCLAIMED).count()
    page = Page([rows[one] for one in part.rows if one in rows], part.previous, part.next)
    return ListingPage(page, total=len(ids), claimed=claimed)


def ranked_facilities(ids: Sequence[UUID], cursor: Cursor | None) -> FacilityPage:
    """A page of places in the order of their ids. One query."""
    part = ranked_ids(ids, cursor, RANKED_FACILITIES)
    rows = {row.pk: row for row in listed_facilities().filter(pk__in=part.rows)}
    found = [rows[one] for one in part.rows if one in rows]
    page: Page[Facility] = Page(found, part.previous, part.next)
    return FacilityPage(page, total=len(ids))


def start_of(cursor: Cursor | None) -> int:
    """The number of rows before a ranked page.

    Raises:
        BadCursorError: not a number of a row that a ranked answer can have.
    """
    if cursor is None:
        return 0
    if not (cursor.name.isascii() and cursor.name.isdigit() and int(cursor.name) <= MOST):
        raise BadCursorError("no rank")
    return int(cursor.name)


def ranked_ids(
    ids: Sequence[UUID], cursor: Cursor | None, kind: str, size: int = PAGE_SIZE
) -> Page[UUID]:
    """A page of ids in their order.

    Raises:
        BadCursorError: not a number of a row that a ranked answer can have.
    """
    start = start_of(cursor)
    end = start + size
    previous = _at(kind, max(start - size, 0)) if start else ""
    following = _at(kind, end) if end < len(ids) else ""
    return Page(list(ids[start:end]), previous, following)


def _at(kind: str, start: int) -> str:
    return Cursor(kind, "after", str(start), "rank").encode()
