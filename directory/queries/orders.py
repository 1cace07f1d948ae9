"""The orders in which long lists are read, each with a key that no two rows share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one list: two columns, the second of which is unique.

    `kind` names list and order, so that the cursor of one opens no other. `first` and `second`
    give the value of a column from its text in a cursor, and raise ValueError where it has none.
    """

    kind: str
    columns: tuple[str, str]
    first: Callable[[str], Any] = str
    second: Callable[[str], Any] = str
    is_descending: bool = False

    def sorting(self, backwards: bool) -> tuple[str, str]:
        """The columns as `order_by` takes them, the other way round when read backwards."""
        sign = "-" if backwards != self.is_descending else ""
        return f"{sign}{self.columns[0]}", f"{sign}{self.columns[1]}"


def moment(text: str) -> dt.datetime:
    """The moment that a text of ISO 8601 says.

    Raises:
        ValueError: it says none, or not in which time zone.
    """
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no time zone")
    return found.astimezone(dt.UTC)


def by_name(kind: str) -> Order:
    """By name, then slug: what people read."""
    return Order(kind, ("name", "slug"))


def by_change(kind: str, *, newest_first: bool) -> Order:
    """By the date of the last change, then id: what those read who keep a copy."""
    name = f"{kind} {'newest' if newest_first else 'changed'}"
    return Order(name, ("updated_at", "id"), moment, UUID, newest_first)
