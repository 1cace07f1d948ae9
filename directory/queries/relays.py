"""Which programs can be written to through the site, and where a link of confirmation leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from directory.enums import Claim
from directory.models import Listing, Program, Relay
from directory.queries.holding import RELAY, waiting_changes
from network.enums import OrganizationStatus
from network.links import hash_of
from network.tenancy import Actor, acting

LINK_LIVES = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenRelay:
    """A public entry, and the relay behind it, whose address the public never sees."""

    listing: Listing
    relay: Relay


def relay_open_at(actor: Actor, slug: str) -> OpenRelay | None:
    """Where a note to the program of this address would go; up to two queries.

    Nothing where it is not listed, not the group's own entry, not switched on or not confirmed, or
    where the group is locked down, suspended or leaving. `actor` is the operator: the public asks,
    and may not see why not.
    """
    listed = Listing.objects.filter(slug=slug, claim=Claim.OWN, has_relay=True).defer("document")
    listing = listed.first()
    if listing is None:
        return None
    with acting(actor, is_reading=True):
        relay = (
            Relay.objects.select_related("organization")
            .filter(
                program_id=listing.pk,
                program__deleted_at=None,
                confirmed_at__isnull=False,
                organization__status=OrganizationStatus.VERIFIED,
                organization__locked_down_at=None,
            )
            .first()
        )
    return OpenRelay(listing, relay) if relay else None


def relay_by_token(actor: Actor, token: str) -> Relay | None:
    """The relay whose address the link of a mail would confirm; nothing for a dead link."""
    with acting(actor, is_reading=True):
        asked = Relay.objects.select_related("program", "organization").filter(
            token_hash=hash_of(token),
            confirmed_at=None,
            asked_at__gt=timezone.now() - LINK_LIVES,
            program__deleted_at=None,
        )
        return asked.first()


def relay_of(program_id: UUID) -> Relay | None:
    """The relay of a program in scope, if it has one. One query."""
    return Relay.objects.filter(program_id=program_id).first()


def is_relay_confirmed(program_id: UUID) -> bool:
    """Whether a program in scope has an address that takes notes. One query."""
    return Relay.objects.filter(program_id=program_id, confirmed_at__isnull=False).exists()


def relay_waits_until(program: Program) -> dt.datetime | None:
    """When the form of a program in scope is public by itself; nothing where it does not wait."""
    held = waiting_changes().filter(program=program, values__has_key=RELAY).first()
    return held.held_until if held else None


def relays_to_show(organization_id: UUID) -> QuerySet[Relay]:
    """The confirmed relays of an organization whose form waits for nobody."""
    waiting = waiting_changes().filter(program=OuterRef("program"), values__has_key=RELAY)
    confirmed = Relay.objects.filter(organization_id=organization_id, confirmed_at__isnull=False)
    return confirmed.exclude(Exists(waiting))
