"""The names of all public rows, part by part: what an index of pages is made of."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from directory.models import Country, Facility, Listing, OrganizationCard


class Kind(StrEnum):
    """The kinds of row that have a page each."""

    COUNTRIES = "countries"
    FACILITIES = "facilities"
    ORGANIZATIONS = "organizations"
    PROGRAMS = "programs"


def number_of(kind: Kind) -> int:
    """How many rows of a kind have a page. One query."""
    return _rows(kind).count()


def names_of(kind: Kind, start: int, number: int) -> list[tuple[str, dt.datetime | None]]:
    """The names in the addresses of some rows, and when their page last changed. One query.

    `start` and `number` count rows in an order that changes only where rows come and go. Only of
    programs the change is known: the other pages change with rows of other kinds.
    """
    found = _rows(kind)[start : start + number]
    return [(row[0], row[1] if len(row) > 1 else None) for row in found]


def _rows(kind: Kind) -> QuerySet[Any, Any]:
    """All public rows of a kind: name, and the change where it is known."""
    if kind is Kind.COUNTRIES:
        return Country.objects.order_by("iso2").values_list("iso2")
    if kind is Kind.FACILITIES:
        places = Facility.objects.filter(merged_into__isnull=True)
        return places.order_by("pk").values_list("slug")
    if kind is Kind.ORGANIZATIONS:
        return OrganizationCard.objects.order_by("pk").values_list("slug")
    return Listing.objects.order_by("pk").values_list("slug", "updated_at")
