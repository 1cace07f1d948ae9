"""Organizations: those that have registered, and those that only a source names."""

from __future__ import annotations

from api.hsds.serializers.values import (
    Document,
    entry_id,
    known,
    other_name,
    page_here,
    texts,
    uri,
)
from directory.enums import Claim
from directory.models import Listing, OrganizationCard
from directory.queries.providers import Provider
from network.enums import OrganizationKind

NAMED_IN_SOURCE = (
    "Named in a source as the organization behind this program. It has not registered here."
)
NAMED_BY_NODE = (
    "Named by another node as the organization behind this program. It has not registered here."
)
UNNAMED = (
    "Nothing says which organization is behind this program. The name here is the program's. "
    "No organization has registered it here."
)
_KINDS = {
    OrganizationKind.PROGRAM_OPERATOR.value: "An organization that runs visiting programs.",
    OrganizationKind.COALITION.value: "A coalition of organizations.",
    OrganizationKind.SUPPORTER.value: "An organization that supports visiting programs.",
}


def organization_of(listing: Listing) -> Document:
    """The organization behind a listing, without what else it offers."""
    return listed_organization(listing.organization or listing)


def listed_organization(provider: Provider) -> Document:
    """An organization, without what it offers."""
    return _named(provider) if isinstance(provider, Listing) else _registered(provider)


def websites_of(provider: Provider) -> list[Document]:
    """The page of an organization that has one here, for people."""
    if isinstance(provider, Listing):
        return []
    return [
        {
            "id": entry_id("url", provider.pk, "organization"),
            "label": "Page in this directory",
            "url": page_here("organizations", provider.slug),
            "organization_id": str(provider.pk),
        }
    ]


def _registered(card: OrganizationCard) -> Document:
    is_here = card.origin_id is None
    return known(
        {
            "id": str(card.pk),
            "name": card.name,
            "alternate_name": other_name(card.names, card.name),
            "description": _description(card, is_here=is_here),
            "website": uri(card.website),
            "uri": "" if is_here else uri(card.origin_url),
            "names": texts(card.names),
            "registered": "here" if is_here else "another_node",
        }
    )


def _description(card: OrganizationCard, *, is_here: bool) -> str:
    kind = _KINDS.get(card.kind, _KINDS[OrganizationKind.PROGRAM_OPERATOR.value])
    where = "Registered here" if is_here else "Registered at another node"
    since = f", verified since {card.verified_since.isoformat()}" if card.verified_since else ""
    return f"{kind} {where}{since}."


def _named(listing: Listing) -> Document:
    if listing.organization_name:
        is_found = listing.claim == Claim.UNCLAIMED
        description = NAMED_IN_SOURCE if is_found else NAMED_BY_NODE
    else:
        description = UNNAMED
    return {
        "id": str(listing.pk),
        "name": listing.organization_name or listing.name,
        "description": description,
        "registered": "no",
    }
