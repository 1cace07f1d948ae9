"""What the public reads of coalitions: on cards, and on listings to filter by."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from directory.actions.revisions import change_revision
from directory.models import Listing, ListingTag, OrganizationCard
from directory.queries.coalitions import coalition_tags, public_coalitions
from network.enums import OrganizationKind
from network.queries.coalitions import members_of_coalition
from network.tenancy import Actor, Purpose, acting, system


def shown_coalitions(actor: Actor, organization_id: UUID) -> list[dict[str, str]]:
    """What a card says of coalitions: `{id, slug, name}` of each, by name.

    The standing of the other side is the operator's to see, so the operator's eyes look.
    """
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        return public_coalitions(organization_id)


def show_coalitions(actor: Actor, organizations: Iterable[UUID]) -> None:
    """Bring the cards of these organizations and the filters of their programs up to date.

    Cards that say so already are left alone. In the transaction of whatever changed who belongs.
    """
    changed = False
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        cards = OrganizationCard.objects.select_for_update()
        for card in cards.filter(pk__in=list(organizations), origin=None).order_by("pk"):
            changed |= _show(card)
        if changed:
            change_revision()


def show_members(actor: Actor, coalition_id: UUID) -> None:
    """The same for all who belong to a coalition: it has come, gone, or has another name."""
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        members = members_of_coalition(coalition_id)
    if members:
        show_coalitions(actor, members)


def renew_card(actor: Actor, coalition_id: UUID) -> None:
    """Give the card of a coalition a new version: its page and document name other members."""
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        cards = OrganizationCard.objects.select_for_update()
        card = cards.filter(pk=coalition_id, kind=OrganizationKind.COALITION, origin=None).first()
        if card is not None:
            card.version += 1
            card.save(update_fields=["version", "updated_at"])
            change_revision()


def tag_listings(card: OrganizationCard) -> None:
    """Let the programs of a card be found by the coalitions that it names. Three queries."""
    slugs = coalition_tags(card)
    listed = list(Listing.objects.filter(organization=card).values_list("pk", flat=True))
    kind = ListingTag.Kind.COALITION
    ListingTag.objects.filter(kind=kind, listing__in=listed).delete()
    ListingTag.objects.bulk_create(
        ListingTag(listing_id=listing, kind=kind, value=slug)
        for listing in listed
        for slug in slugs
    )


def _show(card: OrganizationCard) -> bool:
    coalitions = public_coalitions(card.pk)
    if card.coalitions == coalitions:
        return False
    card.coalitions = coalitions
    card.version += 1
    card.save(update_fields=["coalitions", "version", "updated_at"])
    tag_listings(card)
    return True
