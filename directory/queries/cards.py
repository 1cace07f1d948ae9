"""Organization cards and what is listed with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext

from directory.models import Country, Listing, ListingTag, OrganizationCard
from directory.queries.coalitions import own_coalitions
from directory.queries.listings import public_listings
from directory.queries.rollup import coalition_listings
from network.enums import OrganizationKind
from network.models import Organization

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


def card_names(slugs: Iterable[str]) -> dict[str, str]:
    """The names of these organizations by slug; the slug itself where there is no card.

    One query, none where nothing is named.
    """
    wanted = {slug for slug in slugs if slug}
    if not wanted:
        return {}
    found = OrganizationCard.objects.filter(slug__in=wanted).values_list("slug", "name")
    return {slug: slug for slug in wanted} | dict(found)


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
        own = coalition_listings(card)
    return public_listings(Listing.objects.filter(own)).order_by("name", "slug")[:LISTINGS]


def country_of(card: OrganizationCard) -> Country | None:
    """The country that a card names, where it is known. One query."""
    return Country.objects.filter(iso2=card.country).first()


def card_of(organization: Organization) -> OrganizationCard:
    """The card of a group of this node; one that is not saved where it has none yet.

    One query, two more where there is none.
    """
    present = OrganizationCard.objects.filter(pk=organization.pk).first()
    if present is not None:
        return present
    card = fill_card(OrganizationCard(pk=organization.pk), organization)
    card.coalitions = [
        {"id": str(one.pk), "slug": one.slug, "name": one.name}
        for one in own_coalitions(organization.pk)
    ]
    return card


def fill_card(card: OrganizationCard, organization: Organization) -> OrganizationCard:
    """The card with what the public may know of a group; it is not saved."""
    card.slug = organization.slug
    card.name = organization.name
    card.names = organization.names
    card.country = organization.country
    card.kind = organization.kind
    card.languages = organization.languages
    card.website = organization.website
    card.verified_since = organization.verified_on
    card.verified_by = _verified_by(organization) or card.verified_by
    return card


LONGEST_VERIFIED_BY = 300


def _verified_by(organization: Organization) -> str:
    """Who vouched for a group or decided on it, in the first language of this site."""
    how = organization.verification or {}
    with translation.override(settings.LANGUAGE_CODE):
        if groups := how.get("groups"):
            text = gettext("Vouched for by %(groups)s") % {"groups": ", ".join(groups)}
        elif reason := how.get("reason"):
            text = gettext("A steward of this site decided: %(reason)s") % {"reason": reason}
        elif how.get("stewards") == 1:
            text = gettext("A steward of this site decided")
        elif how.get("stewards"):
            text = gettext("Two stewards of this site decided")
        else:
            text = ""
    return text[:LONGEST_VERIFIED_BY]
