"""Organization cards and what is listed with them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.models import Country, Listing, ListingTag, OrganizationCard
from directory.queries.listings import public_listings
from network.enums import OrganizationKind

LISTINGS = 100


def card_by_slug(slug: str) -> OrganizationCard:
    """One card, with the node that it came from. One query.

    Raises:
        OrganizationCard.DoesNotExist: no organization has this card.
    """
    return OrganizationCard.objects.select_related("origin").get(slug=slug)


def cards_matching(country: str, kind: str) -> QuerySet[OrganizationCard]:
    """The cards of one country and one kind, or of all where nothing is asked. One query."""
    asked = {"country": country, "kind": kind}
    rows = OrganizationCard.objects.select_related("origin")
    return rows.filter(**{column: value for column, value in asked.items() if value})


def card_name(slug: str) -> str:
    """The name on the card of this slug; empty where there is none. One query."""
    return OrganizationCard.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


def coalition_name(slug: str) -> str:
    """The name of a coalition, its slug where only listings name it, else nothing."""
    if name := card_name(slug):
        return name
    named = ListingTag.objects.filter(kind=ListingTag.Kind.COALITION, value=slug)
    return slug if named.exists() else ""


def listings_of(card: OrganizationCard) -> QuerySet[Listing]:
    """The programs of an organization; of a coalition those of its members too. Two queries."""
    own = Q(organization=card)
    if card.kind == OrganizationKind.COALITION:
        tags = ListingTag.objects.filter(
            kind=ListingTag.Kind.COALITION, value=card.slug, listing=OuterRef("pk")
        )
        own |= Q(Exists(tags))
    return public_listings(Listing.objects.filter(own)).order_by("name", "slug")[:LISTINGS]


def country_of(card: OrganizationCard) -> Country | None:
    """The country that a card names, where it is known. One query."""
    return Country.objects.filter(iso2=card.country).first()
