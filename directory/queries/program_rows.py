"""Listings as plain values with the places they visit: what is read by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.models import Listing, ListingFacility

ProgramRow = dict[str, Any]
COLUMNS = (
    "id",
    "slug",
    "name",
    "names",
    "name_language",
    "name_is_label",
    "summaries",
    "descriptions",
    "how_to_join",
    "how_to_be_visited",
    "organization_id",
    "organization__slug",
    "organization__name",
    "organization_name",
    "country__iso2",
    "admin1",
    "locality",
    "latitude",
    "longitude",
    "precision",
    "languages",
    "services",
    "services_source",
    "website",
    "contact",
    "status",
    "status_source_value",
    "capacity",
    "founded",
    "network",
    "note",
    "text_language",
    "confirmed_on",
    "source_url",
    "as_of",
    "claim",
    "replaces",
    "origin__origin",
    "origin_url",
    "withheld",
    "updated_at",
    "version",
)


def program_rows(found: QuerySet[Listing]) -> QuerySet[Listing, ProgramRow]:
    """All that the public reads of listings but the places they visit, as values."""
    rows: QuerySet[Listing, ProgramRow] = found.values(*COLUMNS)
    return rows


def with_places(rows: Iterable[ProgramRow]) -> list[ProgramRow]:
    """The rows with `facilities`, each `{id, slug, name}` in the order of the source. One query.

    A place that is named and not matched has neither id nor slug.
    """
    known = list(rows)
    places: dict[UUID, list[dict[str, Any]]] = {row["id"]: [] for row in known}
    visits = ListingFacility.objects.filter(listing__in=list(places)).order_by("position", "id")
    for listing, facility, slug, name in visits.values_list(
        "listing_id", "facility_id", "facility__slug", "name"
    ):
        places[listing].append({"id": facility, "slug": slug, "name": name})
    for row in known:
        row["facilities"] = places[row["id"]]
    return known


def rows_by_id(ids: Sequence[UUID]) -> list[ProgramRow]:
    """The rows of these listings in the order of their ids; what is gone is left out."""
    rows = {row["id"]: row for row in program_rows(Listing.objects.filter(pk__in=ids).order_by())}
    return with_places(rows[one] for one in ids if one in rows)


def slices(found: QuerySet[Listing], size: int) -> Iterator[list[ProgramRow]]:
    """All listings found, in slices by slug; two queries each, and no cursor is held open.

    A slug never changes, so whatever is written meanwhile no listing comes twice, and none is
    passed over that was there all the time.
    """
    last = ""
    while True:
        rows = program_rows(found.filter(slug__gt=last)).order_by("slug")[:size]
        some = with_places(rows)
        if some:
            yield some
        if len(some) < size:
            return
        last = some[-1]["slug"]
