"""Pages of a long list by number, for readers that ask for the seventh page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class NumberedPage(Generic[Row]):
    """The rows of one page, and where it stands: the first page is 1.

    A page beyond the end is empty, and is a last one, so that whoever reads on until the last page
    always ends.
    """

    rows: Sequence[Row]
    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are; none where there is no row."""
        return -(-self.total // self.per_page)

    @property
    def is_last(self) -> bool:
        """Whether no page follows."""
        return self.number >= self.pages

    def each(self, write: Callable[[Row], Other]) -> NumberedPage[Other]:
        """The same page with what `write` makes of each row."""
        return NumberedPage(
            [write(row) for row in self.rows], self.total, self.number, self.per_page
        )


def part_of(number: int, per_page: int) -> tuple[int, int]:
    """The rows of a page: from the first of these numbers to before the second."""
    return (number - 1) * per_page, number * per_page


def page_of_list(rows: Sequence[Row], number: int, per_page: int) -> NumberedPage[Row]:
    """A page of rows that are at hand."""
    start, end = part_of(number, per_page)
    return NumberedPage(rows[start:end], len(rows), number, per_page)


def ids_between(found: QuerySet[Any], start: int, end: int) -> list[UUID]:
    """The ids of some rows in the order of ids. One query, none where nothing is asked for.

    Only the index of the ids is read, so that a page deep inside stays cheap. An id never changes,
    so that a row which is edited while somebody reads page after page is met once.
    """
    if start >= end:
        return []
    return list(found.order_by("pk").values_list("pk", flat=True)[start:end])


def in_order(rows: QuerySet[Stored], ids: Sequence[UUID]) -> list[Stored]:
    """The rows of these ids, in their order; one that went away meanwhile is left out."""
    if not ids:
        return []
    found = {row.pk: row for row in rows.filter(pk__in=ids).order_by()}
    return [found[one] for one in ids if one in found]
