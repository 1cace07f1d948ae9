"""Listings as the pages show them: one, a page of many, and what stands beside one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from directory.enums import Claim
from directory.models import Listing, ListingFacility, ListingTag
from directory.queries.cursor import Cursor, Page, page_of

NEIGHBOURS = 5
KIND = "programs"


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A page of listings; how many match in all, and how many of these a group wrote itself."""

    page: Page[Listing]
    total: int
    claimed: int


@dataclass(frozen=True, slots=True)
class ListingWords:
    """The languages and services that listings name, for choosing among."""

    languages: tuple[str, ...]
    services: tuple[str, ...]


def public_listings(found: QuerySet[Listing] | None = None) -> QuerySet[Listing]:
    """Listings with their country, card and places visited: one query and one for the places."""
    places = ListingFacility.objects.select_related("facility").order_by("position", "id")
    rows = Listing.objects.all() if found is None else found
    return (
        rows.defer("document")
        .select_related("country", "organization")
        .prefetch_related(Prefetch("visits", queryset=places))
    )


def listing_page(found: QuerySet[Listing], cursor: Cursor | None) -> ListingPage:
    """A page of the listings found, with both counts. Three queries."""
    counts = found.aggregate(
        total=Count("pk"), claimed=Count("pk", filter=~Q(claim=Claim.UNCLAIMED))
    )
    page = page_of(public_listings(found), KIND, cursor)
    return ListingPage(page, total=counts["total"], claimed=counts["claimed"])


def listing_by_slug(slug: str) -> Listing:
    """One listing with all that its page shows. Two queries.

    Raises:
        Listing.DoesNotExist: nothing is listed under this slug.
    """
    return public_listings().select_related("origin").get(slug=slug)


def neighbours_of(listing: Listing) -> QuerySet[Listing]:
    """Up to five other listings in the same town, by name; none where no town is named."""
    if not listing.locality:
        return Listing.objects.none()
    same = Listing.objects.filter(country_id=listing.country_id, locality=listing.locality)
    return same.exclude(pk=listing.pk).order_by("name", "slug")[:NEIGHBOURS]


def listing_words() -> ListingWords:
    """The languages and services that occur in listings. One query."""
    rows = ListingTag.objects.exclude(kind=ListingTag.Kind.COALITION)
    found = rows.order_by("kind", "value").values_list("kind", "value").distinct()
    kinds: dict[str, list[str]] = {"language": [], "service": []}
    for kind, value in found:
        kinds[kind].append(value)
    return ListingWords(tuple(kinds["language"]), tuple(kinds["service"]))
