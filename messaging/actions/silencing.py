"""Two groups of which one has blocked the other: nothing is heard, and nobody is told.

What two groups alone share falls silent for the one that blocked: its people read and write
nothing more there, by rows of theirs and without an event. To the other it goes on as it was. All
as messenger, and each conversation under its lock.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from messaging.actions.log import locked
from messaging.enums import ConversationKind, Ending, ParticipantState, PartyState, RequestState
from messaging.hints import hint_revoked
from messaging.models import Block, ContactRequest, Conversation, Participant, Party


def has_blocked(one: UUID, other: UUID) -> bool:
    """Whether one organization has blocked another. One query."""
    return Block.objects.beyond_scope().filter(organization_id=one, blocked_id=other).exists()


def fall_silent(own: UUID, other: UUID, person_id: UUID | None) -> None:
    """Let an organization hear nothing of another from now on.

    Its people take no part any more in what only the two share, and whatever the other asked of
    them is refused. `person_id` is who decided.
    """
    asked = _asked_by(own, other)
    for conversation_id in sorted(_shared(own, other) | asked):
        conversation = locked(conversation_id)
        if conversation_id in asked:
            _refuse_all(conversation, own, person_id)
        if is_between(conversation_id, own, other):
            _end_silently(conversation, own)


def silence_blocked(conversation: Conversation) -> None:
    """The same for a conversation that others have left, so that only two still share it."""
    present = list(_joined(conversation.pk).values_list("organization_id", flat=True))
    if len(present) == 2:
        for one, other in ((present[0], present[1]), (present[1], present[0])):
            if has_blocked(one, other):
                _end_silently(conversation, one)


def is_silent(party: Party) -> bool:
    """Whether nobody of this party hears anything in its conversation: it blocked who is there."""
    if party.organization_id is None:
        return False
    blocked = Block.objects.beyond_scope().filter(
        organization_id=party.organization_id, blocked_id=OuterRef("organization_id")
    )
    rows = Party.objects.beyond_scope().filter(
        Exists(blocked), conversation_id=party.conversation_id, left_seq=None
    )
    return any(
        is_between(party.conversation_id, party.organization_id, one)
        for one in rows.values_list("organization_id", flat=True)
    )


def is_between(conversation_id: UUID, own: UUID, other: UUID) -> bool:
    """Whether nobody else takes part than these two; who was asked and has not come does not."""
    return not _joined(conversation_id).exclude(organization_id__in=(own, other)).exists()


def _joined(conversation_id: UUID) -> QuerySet[Party]:
    rows = Party.objects.beyond_scope().filter(conversation_id=conversation_id, left_seq=None)
    return rows.filter(state=PartyState.JOINED).exclude(organization=None)


def _shared(own: UUID, other: UUID) -> set[UUID]:
    """Conversations in which both are, or to which one was asked."""
    present = Party.objects.beyond_scope().filter(left_seq=None)
    theirs = present.filter(organization_id=other, conversation_id=OuterRef("conversation_id"))
    rows = present.filter(Exists(theirs), organization_id=own)
    return set(rows.values_list("conversation_id", flat=True))


def _asked_by(own: UUID, other: UUID) -> set[UUID]:
    """Conversations that the other opened and in which people of the own were asked."""
    hosts = Party.objects.beyond_scope().filter(
        organization_id=other, is_host=True, conversation_id=OuterRef("conversation_id")
    )
    rows = Participant.objects.beyond_scope().filter(
        Exists(hosts), organization_id=own, state=ParticipantState.INVITED, ended_as=""
    )
    return set(rows.values_list("conversation_id", flat=True))


def _refuse_all(conversation: Conversation, own: UUID, person_id: UUID | None) -> None:
    """Say no to what was asked, as a silent no is said; people are refused one by one."""
    rows = Participant.objects.beyond_scope().filter(
        conversation=conversation,
        organization_id=own,
        state=ParticipantState.INVITED,
        ended_as="",
    )
    if ConversationKind(conversation.kind).is_of_organizations:
        ContactRequest.objects.beyond_scope().filter(
            conversation=conversation, organization_id=own, state=RequestState.ASKED
        ).update(state=RequestState.BLOCKED, answered_by=person_id, answered_at=timezone.now())
    rows.filter(left_seq=None).update(left_seq=0)
    rows.update(ended_as=Ending.REFUSED, ended_at=timezone.now(), ended_topic=conversation.topic)


def _end_silently(conversation: Conversation, own: UUID) -> None:
    """End the rows of an organization's people; no event, no epoch: the others see no change."""
    rows = Participant.objects.beyond_scope().filter(
        conversation=conversation, organization_id=own, ended_as=""
    )
    people = list(rows.values_list("person_id", flat=True))
    rows.filter(left_seq=None).update(left_seq=conversation.last_seq)
    rows.update(ended_as=Ending.BLOCKED, ended_at=timezone.now(), ended_topic=conversation.topic)
    for person_id in people:
        hint_revoked(conversation.pk, person_id)
