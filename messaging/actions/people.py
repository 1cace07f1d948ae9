"""People of a conversation: bringing them in, giving them a handle, ending their part."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from messaging.actions.log import append, grow_epoch
from messaging.actions.silencing import silence_blocked
from messaging.enums import ConversationKind, Ending, EventKind, ParticipantState, PartyState
from messaging.hints import hint_revoked
from messaging.models import Conversation, Handle, Participant, Party
from messaging.queries.standing import ROLES
from network.enums import OrganizationStatus
from network.models import Membership

# Who went by these ways comes back by an invitation, not by a role.
STAYS_OUT = (Ending.LEFT, Ending.REFUSED, Ending.REMOVED, Ending.BLOCKED)
# To the others these take part: of a block nobody is told.
SEEN_THERE = ("", Ending.BLOCKED)


def bring_in(
    conversation: Conversation, party: Party, memberships: Iterable[Membership], joined_seq: int
) -> int:
    """Let members of a party read what comes after a number; how many. As messenger, under lock.

    While the party is asked they read up to what it was asked with, and cannot write.
    """
    is_asked = party.state == PartyState.ASKED
    rows = [
        Participant(
            conversation=conversation,
            party=party,
            organization_id=one.organization_id,
            person_id=one.person_id,
            membership=one,
            state=ParticipantState.INVITED if is_asked else ParticipantState.ACTIVE,
            joined_seq=joined_seq,
            left_seq=party.asked_seq if is_asked else None,
        )
        for one in memberships
    ]
    return len(Participant.objects.bulk_create(rows))


def standing_members(*organizations: UUID) -> list[Membership]:
    """The memberships of organizations whose role carries messages. As messenger. One query.

    None of one that is not verified. Whether a role counts, and whether a person is suspended, is
    asked each time that somebody reads.
    """
    rows = Membership.objects.beyond_scope().filter(
        organization_id__in=organizations,
        organization__status=OrganizationStatus.VERIFIED,
        ended_at=None,
        role__in=ROLES,
    )
    return list(rows.order_by("created_at", "id"))


def give_handle(
    conversation: Conversation, participant: Participant, *, is_counted: bool = False
) -> Handle:
    """The participant's handle, given with an event of its own where there was none.

    As messenger, under lock. `is_counted`: see `append`.
    """
    if participant.handle is not None:
        return participant.handle
    handle = make_handle(conversation, participant, is_counted=is_counted)
    append(
        conversation,
        EventKind.PARTICIPANT_JOINED,
        handle=handle,
        data={"party": str(participant.party_id), "number": handle.number},
        is_counted=is_counted,
    )
    return handle


def make_handle(
    conversation: Conversation, participant: Participant, *, is_counted: bool = False
) -> Handle:
    """A new handle of a participant, with the next number of their organization; no event."""
    taken = Handle.objects.beyond_scope().filter(
        conversation=conversation, organization_id=participant.organization_id
    )
    handle = Handle.objects.create(
        conversation=conversation,
        party_id=participant.party_id,
        organization_id=participant.organization_id,
        number=(taken.aggregate(last=Max("number"))["last"] or 0) + 1,
        joined_seq=conversation.last_seq + (0 if is_counted else 1),
    )
    Participant.objects.beyond_scope().filter(pk=participant.pk).update(handle=handle)
    participant.handle = handle
    return handle


def end_participant(conversation: Conversation, participant: Participant, why: Ending) -> None:
    """End a person's part at this number; the others learn it where they know the person.

    As messenger, under lock.
    """
    if participant.ended_as not in SEEN_THERE:
        return
    if participant.left_seq is None:
        participant.left_seq = conversation.last_seq
    participant.ended_as = why
    participant.ended_at = timezone.now()
    participant.ended_topic = conversation.topic
    participant.save(update_fields=["left_seq", "ended_as", "ended_at", "ended_topic"])
    hint_revoked(conversation.pk, participant.person_id)
    if participant.handle is not None:
        end_handle(conversation, participant.handle)
    else:
        grow_epoch(conversation)
    _end_empty_party(conversation, participant.party_id)


def end_handle(conversation: Conversation, handle: Handle) -> None:
    """Nobody speaks by this handle any more. As messenger, under lock."""
    if handle.left_seq is not None:
        return
    handle.left_seq = conversation.last_seq + 1
    handle.save(update_fields=["left_seq"])
    append(conversation, EventKind.PARTICIPANT_LEFT, handle=handle)


def _end_empty_party(conversation: Conversation, party_id: UUID) -> None:
    """An organization of which nobody was left leaves a conversation of people."""
    if ConversationKind(conversation.kind).is_of_organizations:
        return
    rows = Participant.objects.beyond_scope().filter(party_id=party_id, ended_as__in=SEEN_THERE)
    if rows.exists():
        return
    party = Party.objects.beyond_scope().filter(pk=party_id, left_seq=None).first()
    # A silent no stays silent: who was only asked stays asked.
    if party is not None and party.state == PartyState.JOINED:
        end_party_row(conversation, party)


def end_party_row(conversation: Conversation, party: Party) -> None:
    """An organization leaves, with all its people and handles. As messenger, under lock."""
    seq = conversation.last_seq + 1
    party.left_seq = seq
    party.save(update_fields=["left_seq"])
    kept = shortest_retention(conversation)
    append(
        conversation,
        EventKind.PARTY_LEFT,
        data={"party": str(party.pk), "kept": kept},
        retention_days=kept,
    )
    Handle.objects.beyond_scope().filter(party=party, left_seq=None).update(left_seq=seq)
    present = Participant.objects.beyond_scope().filter(party=party, ended_as="")
    for person_id in present.values_list("person_id", flat=True):
        hint_revoked(conversation.pk, person_id)
    ended = {
        "ended_as": Ending.PARTY,
        "ended_at": timezone.now(),
        "ended_topic": conversation.topic,
    }
    present.filter(left_seq=None).update(left_seq=seq, **ended)
    present.update(**ended)
    silence_blocked(conversation)


def shortest_retention(conversation: Conversation) -> int:
    """The shortest wish of the organizations that take part, in days; 90 where none says less."""
    parties = Party.objects.beyond_scope().filter(
        conversation=conversation, left_seq=None, state=PartyState.JOINED
    )
    wishes = [days or DEFAULT_DAYS for days in parties.values_list("retention_days", flat=True)]
    return min(wishes, default=DEFAULT_DAYS)


DEFAULT_DAYS = 90
