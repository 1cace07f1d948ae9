"""Taking all that is public of an organization away, when it leaves."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from directory.actions.coalition_cards import renew_card, show_members
from directory.actions.coalitions.ending import end_memberships_of
from directory.actions.indexing import forget_words, take_card_words, take_words
from directory.actions.removals import remove_listings
from directory.actions.revisions import change_revision
from directory.actions.stating.departing import withdraw_statements
from directory.enums import Claim
from directory.models import Listing, OrganizationCard, Program
from directory.queries.publication import public_columns
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, acting


@transaction.atomic
def withdraw_organization(actor: Actor, *, organization_id: UUID) -> int:
    """Take everything of an organization out of public sight; how many listings there were.

    With its listings go its claims and rules for visits; the ledger of access stays. Its working
    copies stay, unpublished. Where it has left, its coalition memberships end; else they rest and
    are named nowhere until it is public again. Doing it again changes nothing.

    Raises:
        Refused: the actor may not take listings off.
    """
    require(actor, Permission.LISTING_SUPPRESS)
    _end_coalitions(actor, organization_id)
    stated = _take_statements(organization_id)
    card = OrganizationCard.objects.filter(pk=organization_id, origin=None).first()
    if card is None:
        if stated:
            change_revision()
        return 0
    listed = Listing.objects.filter(organization=card)
    words = take_words(listed)
    _remember(listed)
    gone = remove_listings(listed)
    words |= take_card_words(card)
    card.delete()
    forget_words(words)
    show_members(actor, organization_id)
    for coalition in card.coalitions:
        renew_card(actor, UUID(coalition["id"]))
    Program.objects.filter(organization_id=organization_id).update(published_at=None)
    record(
        actor,
        "organization.withdrawn",
        organization_id=organization_id,
        object_kind="organization",
        object_id=organization_id,
    )
    change_revision()
    return gone


def _end_coalitions(actor: Actor, organization_id: UUID) -> None:
    left = Organization.objects.filter(pk=organization_id, status=OrganizationStatus.LEFT)
    if left.exists():
        end_memberships_of(actor, organization_id=organization_id)


def _remember(listed: QuerySet[Listing]) -> None:
    """Keep what the public read last: a group that comes back shows a new contact no earlier."""
    for listing in listed.filter(claim=Claim.OWN).select_related("country"):
        columns = public_columns(listing)
        Program.objects.filter(pk=listing.pk).update(last_public=columns)


def _take_statements(organization_id: UUID) -> int:
    """Take away what an organization stated about places; how many claims and rules."""
    slugs = Organization.objects.filter(pk=organization_id).values_list("slug", flat=True)
    return sum(withdraw_statements(slug) for slug in slugs)


def withdraw_departed(actor: Actor) -> int:
    """Withdraw what is still public of departed or suspended organizations; how many of them.

    For the worker: it catches up where the process ended between a deletion, or a suspension,
    and its receivers.
    """
    with acting(actor):
        gone = (OrganizationStatus.LEFT, OrganizationStatus.SUSPENDED)
        left = Organization.objects.filter(status__in=gone).values("pk")
        late = list(OrganizationCard.objects.filter(pk__in=left).values_list("pk", flat=True))
        for organization_id in late:
            withdraw_organization(actor, organization_id=organization_id)
    return len(late)
