"""Answering whoever wants to talk: yes, a silent no, never again."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from messaging.actions.hearing import hear_again
from messaging.actions.log import hand, locked
from messaging.actions.making import note, say_party
from messaging.actions.people import bring_in, give_handle
from messaging.actions.silencing import fall_silent, has_blocked
from messaging.enums import (
    ConversationKind,
    ConversationState,
    Ending,
    ParticipantState,
    PartyState,
    RequestState,
)
from messaging.errors import ConversationClosed
from messaging.models import (
    Block,
    ContactPolicy,
    ContactRequest,
    Conversation,
    Participant,
    Party,
)
from messaging.queries.standing import participation_in
from network.actions.audit import record
from network.permissions import Permission, require
from network.tenancy import Actor, acting


@transaction.atomic
def accept(actor: Actor, *, conversation_id: UUID) -> Conversation:
    """Take part in what the actor, or the organization acted for, was asked to. Twice is once.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or not asked.
        ConversationClosed: `left`, where it was refused or ended.
        ValidationError: `blocked`, where the own organization has blocked the one that asks.
    """
    require(actor, Permission.MESSAGE_WRITE)
    participant = participation_in(actor, conversation_id)
    if participant.ended_as:
        raise ConversationClosed("left")
    if participant.state == ParticipantState.ACTIVE:
        return participant.conversation
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        party = Party.objects.select_for_update().get(pk=participant.party_id)
        _require_unblocked(conversation, actor.acted_for)
        if ConversationKind(conversation.kind).is_of_organizations:
            _join_party(conversation, party)
            _answer(actor, conversation, RequestState.ACCEPTED)
        else:
            _join_person(conversation, party, participant)
    note(actor, "conversation.accepted", conversation)
    return conversation


@transaction.atomic
def refuse(actor: Actor, *, conversation_id: UUID) -> None:
    """Say no, and nothing to who asked. Twice is once.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or not asked.
    """
    require(actor, Permission.MESSAGE_WRITE)
    participant = participation_in(actor, conversation_id)
    if participant.ended_as in (Ending.REFUSED, Ending.PARTY):
        return
    if participant.ended_as or participant.state != ParticipantState.INVITED:
        raise Conversation.DoesNotExist
    _refuse(actor, participant, RequestState.REFUSED)
    note(actor, "conversation.refused", participant.conversation)


@transaction.atomic
def block(actor: Actor, *, conversation_id: UUID) -> Block:
    """Hear nothing more from the organization that asked, or with which one talks alone.

    From the commit on neither reaches the other: whatever it asked is refused, and in every
    conversation that only the two share, colleagues' too, nobody of the own organization reads or
    writes any more. Whoever is blocked can still write and ask there, is not heard, and learns
    nothing. Conversations with further organizations go on. Twice is once.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing or foreign.
        ValidationError: `several`, where more than one other organization takes part.
    """
    require(actor, Permission.MESSAGE_WRITE)
    participant = participation_in(actor, conversation_id)
    other = _only_other(actor, conversation_id)
    blocked, own = other.organization_id, actor.acted_for
    if blocked is None:
        raise Conversation.DoesNotExist
    found, is_new = Block.objects.get_or_create(
        organization_id=own,
        blocked_id=blocked,
        defaults={"blocked_name": other.name, "blocked_by": actor.person_id},
    )
    with acting(hand(actor)):
        fall_silent(own, blocked, actor.person_id)
    if is_new:
        note(
            actor,
            "organization.blocked",
            participant.conversation,
            organization=str(blocked),
        )
    return found


@transaction.atomic
def unblock(actor: Actor, *, organization_id: UUID) -> None:
    """Take a block back: what fell silent goes on from now, what was refused stays refused.

    What was written meanwhile is not shown.

    Raises:
        Refused: the actor may not manage the messages of the organization acted for.
        Block.DoesNotExist: there is none.
    """
    require(actor, Permission.MESSAGE_MANAGE)
    found = Block.objects.get(organization_id=actor.acted_for, blocked_id=organization_id)
    found.delete()
    with acting(hand(actor)):
        hear_again(actor.acted_for)
    record(actor, "organization.unblocked", object_kind="organization", object_id=organization_id)


@transaction.atomic
def take_requests(actor: Actor, *, takes_requests: bool) -> None:
    """Whether organizations that never spoke with the one acted for may ask it.

    Raises:
        Refused: the actor may not manage the messages of the organization acted for.
    """
    require(actor, Permission.MESSAGE_MANAGE)
    ContactPolicy.objects.update_or_create(
        organization_id=actor.acted_for, defaults={"takes_requests": takes_requests}
    )
    record(actor, "messages.first_contacts", takes_requests=takes_requests)


def _join_party(conversation: Conversation, party: Party) -> None:
    """All organizers of an organization that was asked take part from now on. As messenger."""
    if party.state == PartyState.JOINED or party.left_seq is not None:
        return
    is_first = conversation.state == ConversationState.REQUESTED
    rows = Participant.objects.filter(
        party=party, ended_as="", state=ParticipantState.INVITED
    ).select_related("membership")
    # Nothing was said since the first message, or something that is not for who had not agreed.
    joined = party.joined_seq if is_first else conversation.last_seq
    party.state, party.joined_seq = PartyState.JOINED, joined
    party.save(update_fields=["state", "joined_seq"])
    if is_first:
        rows.update(state=ParticipantState.ACTIVE, left_seq=None)
    else:
        memberships = [one.membership for one in rows]
        rows.update(ended_as=Ending.ANSWERED)
        bring_in(conversation, party, memberships, joined)
    _open(conversation)
    say_party(conversation, party)


def _join_person(conversation: Conversation, party: Party, participant: Participant) -> None:
    """One person takes part from now on, or from the first message. As messenger."""
    if conversation.state != ConversationState.REQUESTED:
        participant.joined_seq = conversation.last_seq
    participant.left_seq = None
    participant.state = ParticipantState.ACTIVE
    participant.save(update_fields=["joined_seq", "left_seq", "state"])
    _open(conversation)
    if party.state == PartyState.ASKED:
        party.state = PartyState.JOINED
        party.save(update_fields=["state"])
        say_party(conversation, party)
    give_handle(conversation, participant)


def _require_unblocked(conversation: Conversation, own: UUID) -> None:
    """Who asked is not blocked: a request can come in the moment in which it is. As messenger."""
    host = Party.objects.filter(conversation=conversation, is_host=True).first()
    if host is None or host.organization_id is None or not has_blocked(own, host.organization_id):
        return
    raise ValidationError(
        _("Your group has blocked %(name)s. Unblock it first."),
        code="blocked",
        params={"name": host.name},
    )


def _open(conversation: Conversation) -> None:
    if conversation.state == ConversationState.REQUESTED:
        conversation.state = ConversationState.OPEN
        conversation.save(update_fields=["state"])


def _refuse(actor: Actor, participant: Participant, answer: RequestState) -> None:
    """End what was asked, without an event: nobody else learns of it."""
    with acting(hand(actor)):
        conversation = locked(participant.conversation_id)
        rows = Participant.objects.filter(conversation=conversation, ended_as="")
        if ConversationKind(conversation.kind).is_of_organizations:
            rows = rows.filter(party_id=participant.party_id)
            _answer(actor, conversation, answer)
        else:
            rows = rows.filter(pk=participant.pk)
        now = timezone.now()
        rows.filter(left_seq=None).update(left_seq=0)
        rows.update(ended_as=Ending.REFUSED, ended_at=now, ended_topic=conversation.topic)


def _answer(actor: Actor, conversation: Conversation, answer: RequestState) -> None:
    ContactRequest.objects.filter(
        conversation=conversation, organization_id=actor.acted_for, state=RequestState.ASKED
    ).update(state=answer, answered_by=actor.person_id, answered_at=timezone.now())


def _only_other(actor: Actor, conversation_id: UUID) -> Party:
    """The one other organization of a conversation that the actor sees.

    Raises:
        ValidationError: `several`.
    """
    rows = Party.objects.beyond_scope().filter(conversation_id=conversation_id)
    others = rows.exclude(organization_id=actor.acted_for).exclude(organization=None)
    found = {one.organization_id: one for one in others}
    hosts = [one for one in found.values() if one.is_host]
    if len(found) == 1:
        return next(iter(found.values()))
    if len(hosts) == 1 and participation_in(actor, conversation_id).state == (
        ParticipantState.INVITED
    ):
        return hosts[0]
    raise ValidationError(
        _("Several groups take part here. Leave the conversation instead."), code="several"
    )
