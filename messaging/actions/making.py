"""Making a conversation: its first events, its parties, its first participant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from messaging.actions.log import append
from messaging.actions.people import bring_in, give_handle, standing_members
from messaging.enums import (
    ConversationKind,
    ConversationState,
    EventKind,
    PartyState,
)
from messaging.models import Conversation, Participant, Party
from messaging.queries.standing import participations_of, stands
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.models import Membership, Organization
from network.permissions import Permission, require
from network.tenancy import Actor, acting


def opener(actor: Actor) -> Membership:
    """The membership by which the actor opens a conversation, with its organization.

    Raises:
        Refused: the actor may not write for the organization acted for.
        ValidationError: `unverified`.
    """
    require(actor, Permission.MESSAGE_WRITE)
    membership = Membership.objects.select_related("organization").get(
        organization_id=actor.acted_for, person_id=actor.someone, ended_at=None
    )
    if membership.organization.status != OrganizationStatus.VERIFIED:
        raise ValidationError(
            _("Your group can write to others once it is verified."), code="unverified"
        )
    return membership


def once(
    actor: Actor, membership: Membership, client_id: UUID, make: Callable[[], Conversation]
) -> Conversation:
    """What `make` makes, or what was made with this `client_id` before."""
    try:
        with transaction.atomic():
            return _opened(membership, client_id) or make()
    except IntegrityError:
        # Another request with the same id was first.
        found = _opened(membership, client_id)
        if found is None:
            raise
        return found


def was_opened(actor: Actor, client_id: UUID) -> bool:
    """Whether the actor has opened a conversation with this `client_id` before. One query."""
    mine = participations_of(actor).filter(client_id=client_id)
    return mine.exists()


def _opened(membership: Membership, client_id: UUID) -> Conversation | None:
    rows = Participant.objects.beyond_scope().filter(
        stands(), membership=membership, client_id=client_id
    )
    found = rows.select_related("conversation").first()
    return None if found is None else found.conversation


def begin(
    kind: ConversationKind,
    *,
    topic: str = "",
    state: ConversationState = ConversationState.OPEN,
    origin: UUID | None = None,
) -> Conversation:
    """A new conversation of nobody. As messenger; new, so nobody else holds its lock."""
    conversation = Conversation.objects.create(kind=kind, topic=topic, state=state, origin=origin)
    append(conversation, EventKind.OPENED, body=topic, data={"kind": str(kind)})
    return conversation


def add_party_row(
    conversation: Conversation,
    organization: Organization,
    *,
    is_asked: bool = False,
    is_host: bool = False,
    joined_seq: int = 0,
) -> Party:
    """An organization of a conversation, with the event that says so. As messenger, under lock."""
    party = Party.objects.create(
        conversation=conversation,
        organization=organization,
        name=organization.name,
        slug=organization.slug,
        state=PartyState.ASKED if is_asked else PartyState.JOINED,
        is_host=is_host,
        joined_seq=joined_seq,
    )
    say_party(conversation, party)
    return party


def say_party(conversation: Conversation, party: Party) -> None:
    """The event that an organization was asked or takes part. As messenger, under lock."""
    is_asked = party.state == PartyState.ASKED
    append(
        conversation,
        EventKind.PARTY_ASKED if is_asked else EventKind.PARTY_JOINED,
        body=_named(party),
        data={"party": str(party.pk), "host": party.is_host, "joined": party.joined_seq},
    )


def rename_party(conversation: Conversation, party: Party, organization: Organization) -> None:
    """An organization is called otherwise now; the event says so. As messenger, under lock."""
    party.name, party.slug = organization.name, organization.slug
    party.save(update_fields=["name", "slug"])
    append(
        conversation,
        EventKind.PARTY_RENAMED,
        body=_named(party),
        data={"party": str(party.pk)},
    )


def _named(party: Party) -> str:
    """The name is somebody's, so it stands in a body, where the purge can take it."""
    return f"{party.slug} {party.name}"


def take_seat(
    actor: Actor, conversation: Conversation, party: Party, membership: Membership, client_id: UUID
) -> Participant:
    """Who opens a conversation takes part, by a handle; noted in their log. As messenger."""
    participant = Participant.objects.create(
        conversation=conversation,
        party=party,
        organization_id=membership.organization_id,
        person_id=membership.person_id,
        membership=membership,
        joined_seq=0,
        client_id=client_id,
    )
    give_handle(conversation, participant)
    with acting(actor):
        note(actor, "conversation.opened", conversation, kind=conversation.kind)
    return participant


def seat_colleagues(conversation: Conversation, party: Party, joined_seq: int) -> None:
    """All organizers of a party take part, but who does already. As messenger, under lock."""
    if party.organization_id is None:
        return
    rows = Participant.objects.beyond_scope().filter(party=party)
    known = set(rows.values_list("membership_id", flat=True))
    missing = [one for one in standing_members(party.organization_id) if one.pk not in known]
    bring_in(conversation, party, missing, joined_seq)


def note(actor: Actor, verb: str, conversation: Conversation, **details: Any) -> None:
    """Write into the log of the organization acted for what was done; never a text."""
    record(actor, verb, object_kind="conversation", object_id=conversation.pk, **details)
