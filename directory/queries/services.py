"""Listings as services: by what is asked of a service, page by page, and one by its id."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from directory.models import Listing, ListingFacility, ListingTag
from directory.queries.numbered_pages import NumberedPage, ids_between, in_order, part_of
from directory.queries.search import listings_with


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """What a reader asks for; an empty field asks nothing, and all are met together.

    `services` are words of the vocabulary, of which a listing has one at least; an empty tuple
    finds nothing. `provider` is the id of an organization, see `directory.queries.providers`.
    """

    words: str = ""
    services: tuple[str, ...] | None = None
    provider: UUID | None = None
    since: dt.datetime | None = None


def services_matching(wanted: ServiceFilter) -> QuerySet[Listing]:
    """All listings that fulfil a filter, each once. Two queries where words are asked, else none.

    `since` is met by what changed at that moment or later.
    """
    found = Listing.objects.filter(listings_with(wanted.words)).order_by()
    if wanted.services is not None:
        found = found.filter(offering(wanted.services))
    if wanted.provider is not None:
        found = found.filter(provided_by(wanted.provider))
    return found if wanted.since is None else found.filter(updated_at__gte=wanted.since)


def offering(services: tuple[str, ...]) -> Q:
    """The condition under which a listing offers one of these services."""
    if not services:
        return Q(pk__in=[])
    tags = ListingTag.objects.filter(kind=ListingTag.Kind.SERVICE, value__in=services)
    return Q(pk__in=tags.values("listing"))


def provided_by(provider: UUID) -> Q:
    """The condition under which a listing is of an organization, registered or only named."""
    return Q(organization=provider) | Q(pk=provider, organization__isnull=True)


def service_page(
    wanted: ServiceFilter, number: int, per_page: int, *, whole: bool
) -> NumberedPage[Listing]:
    """A page of listings in the order of their ids, with country and card.

    Three queries, and one for the places visited where they are wanted `whole`.
    """
    found = services_matching(wanted)
    total = found.count()
    start, end = part_of(number, per_page)
    ids = ids_between(found, start, min(end, total))
    return NumberedPage(in_order(_rows(whole=whole), ids), total, number, per_page)


def service_by_id(pk: UUID) -> Listing:
    """One listing with country, card and places visited. Two queries.

    Raises:
        Listing.DoesNotExist: nothing listed has this id.
    """
    return _rows(whole=True).get(pk=pk)


def _rows(*, whole: bool) -> QuerySet[Listing]:
    rows = Listing.objects.select_related("country", "organization")
    if not whole:
        return rows
    places = ListingFacility.objects.select_related("facility").order_by("position", "id")
    return rows.prefetch_related(Prefetch("visits", queryset=places))
