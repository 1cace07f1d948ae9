"""Organizations behind what is listed: those with a card, and those that are only named.

A listing that nobody has claimed names an organization in words. Nobody says that two such names
mean the same organization, so each of these listings has one of its own, whose id is the
listing's.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from directory.models import Listing, ListingFacility, OrganizationCard
from directory.queries.numbered_pages import NumberedPage, ids_between, in_order, part_of
from directory.queries.search import cards_with, listings_with
from directory.queries.services import offering

Provider = OrganizationCard | Listing


@dataclass(frozen=True, slots=True)
class ProviderFilter:
    """What a reader asks for; an empty field asks nothing.

    `services` are words of the vocabulary, of which one at least is offered.
    """

    words: str = ""
    services: tuple[str, ...] | None = None


def provider_page(
    wanted: ProviderFilter, number: int, per_page: int, *, whole: bool
) -> NumberedPage[Provider]:
    """A page of organizations: first those with a card, then those that are only named.

    Both in the order of their ids, and where they are wanted `whole` with what each offers. At
    most six queries; three more for what they offer, four more where words are asked.
    """
    cards, named = _cards_matching(wanted), _named_matching(wanted)
    registered = cards.count()
    total = registered + named.count()
    start, end = part_of(number, per_page)
    card_ids = ids_between(cards, start, min(end, registered))
    named_ids = ids_between(named, max(start - registered, 0), min(end, total) - registered)
    rows: list[Provider] = [
        *in_order(_cards(whole=whole), card_ids),
        *in_order(_named(whole=whole), named_ids),
    ]
    return NumberedPage(rows, total, number, per_page)


def provider_by_id(pk: UUID) -> Provider:
    """One organization with what it offers. Three queries at most.

    Raises:
        Listing.DoesNotExist: no organization has this id.
    """
    card = _cards(whole=True).filter(pk=pk).first()
    return card or _named(whole=True).get(pk=pk)


def offers_of(provider: Provider) -> list[Listing]:
    """What an organization offers. No query where it came from this module."""
    return [provider] if isinstance(provider, Listing) else list(provider.listings.all())


def _cards_matching(wanted: ProviderFilter) -> QuerySet[OrganizationCard]:
    found = OrganizationCard.objects.filter(cards_with(wanted.words)).order_by()
    if wanted.services is None:
        return found
    offers = Listing.objects.filter(offering(wanted.services), organization=OuterRef("pk"))
    return found.filter(Exists(offers))


def _named_matching(wanted: ProviderFilter) -> QuerySet[Listing]:
    found = Listing.objects.filter(listings_with(wanted.words), organization__isnull=True)
    found = found.order_by()
    return found if wanted.services is None else found.filter(offering(wanted.services))


def _cards(*, whole: bool) -> QuerySet[OrganizationCard]:
    rows = OrganizationCard.objects.all()
    if not whole:
        return rows
    offers = Listing.objects.select_related("country").prefetch_related(_places()).order_by("pk")
    return rows.prefetch_related(Prefetch("listings", queryset=offers))


def _named(*, whole: bool) -> QuerySet[Listing]:
    rows = Listing.objects.filter(organization__isnull=True).select_related("country")
    return rows.prefetch_related(_places()) if whole else rows


def _places() -> Prefetch[str]:
    rows = ListingFacility.objects.select_related("facility").order_by("position", "id")
    return Prefetch("visits", queryset=rows)
