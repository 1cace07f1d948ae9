"""Listings as values, each with its document: what is read by the thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.models import Listing
from directory.queries.program_documents import documents_of

ProgramRow = dict[str, Any]
# Beside the document what differs from day to day or from node to node, and what names it.
COLUMNS = (
    "slug",
    "name",
    "claim",
    "confirmed_on",
    "as_of",
    "origin__origin",
    "origin_url",
    "document",
    "has_relay",
)


def program_rows(found: QuerySet[Listing], *more: str) -> QuerySet[Listing, ProgramRow]:
    """What the public reads of listings, as values; `more` are columns that a list sorts by."""
    rows: QuerySet[Listing, ProgramRow] = found.values(*COLUMNS, *more)
    return rows


def complete(rows: list[ProgramRow]) -> list[ProgramRow]:
    """The rows, those without a document given theirs. No query where none is missing."""
    missing = [row["slug"] for row in rows if not row["document"]]
    if missing:
        made = documents_of(Listing.objects.filter(slug__in=missing))
        for row in rows:
            row["document"] = row["document"] or made[row["slug"]]
    return rows


def rows_by_id(ids: Sequence[UUID]) -> list[ProgramRow]:
    """The rows of these listings in the order of their ids; what is gone is left out."""
    found = Listing.objects.filter(pk__in=ids).order_by()
    rows = {row["id"]: row for row in program_rows(found, "id")}
    return complete([rows[one] for one in ids if one in rows])


def slices(found: QuerySet[Listing], size: int) -> Iterator[list[ProgramRow]]:
    """All listings found, in slices by slug; a query each, and no cursor is held open.

    A slug never changes, so whatever is written meanwhile no listing comes twice, and none is
    passed over that was there all the time.
    """
    last = ""
    while True:
        some = list(program_rows(found.filter(slug__gt=last)).order_by("slug")[:size])
        if some:
            yield complete(some)
        if len(some) < size:
            return
        last = some[-1]["slug"]
