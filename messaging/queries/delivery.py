"""What the hub of a process reads when a hint comes: for all who are connected, at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from messaging.enums import EventKind
from messaging.models import Conversation, Event, Participant
from messaging.queries.events import as_told, take_words
from messaging.queries.standing import grace_began, stands
from network.compiled import Compiled
from network.tenancy import Actor, Purpose

# So many events are read at once.
LIMIT = 500
# Where a conversation stands: its newest number, and its epoch of who takes part.
Mark = tuple[int, int]
_COLUMNS = (
    "conversation_id",
    "person_id",
    "organization_id",
    "joined_seq",
    "left_seq",
    "ended_as",
    "conversation__membership_epoch",
)


@dataclass(frozen=True, slots=True)
class Entitled:
    """A person who may see events of a conversation now, after `joined_seq` up to `left_seq`.

    `epoch` is the conversation's: another one than a socket knew means to ask anew.
    """

    conversation_id: UUID
    person_id: UUID
    organization_id: UUID
    joined_seq: int
    left_seq: int | None
    ended_as: str
    epoch: int

    @property
    def is_open(self) -> bool:
        """Whether they take part, or are asked to."""
        return self.ended_as == ""

    def sees(self, seq: int) -> bool:
        """Whether an event lies in the range."""
        return self.joined_seq < seq and (self.left_seq is None or seq <= self.left_seq)


@dataclass(frozen=True, slots=True)
class Delivery:
    """New events of one conversation in order, and everybody who may see some of them."""

    events: tuple[Event, ...]
    entitled: tuple[Entitled, ...]


def deliveries(actor: Actor, after: Mapping[UUID, int]) -> dict[UUID, Delivery]:
    """For each conversation its events after a number, and who may see them now. Two queries.

    One more where there are more events than `LIMIT`.
    Both in one transaction; the entitled are read last, so whoever lost access between the two
    is not among them.

    Raises:
        ValueError: the actor is not the system acting as hub.
    """
    if actor.purpose is not Purpose.HUB:
        raise ValueError("only the hub delivers")
    if not after:
        return {}
    found = _events_after(after)
    # What is deleted by now is told without its words, here as to whoever reads the log. Whoever
    # reads to the end has read the deletions as well.
    if len(found) < LIMIT:
        take_words(found, {one.target for one in found if one.kind == EventKind.DELETION})
    else:
        as_told(actor, found, conversations=list(after))
    events: dict[UUID, list[Event]] = {pk: [] for pk in after}
    for event in found:
        events[event.conversation_id].append(event)
    entitled: dict[UUID, list[Entitled]] = {pk: [] for pk in after}
    for one in _present_in(list(after)):
        entitled[one[0]].append(Entitled(*one))
    return {pk: Delivery(tuple(events[pk]), tuple(entitled[pk])) for pk in after}


def _events_after(after: Mapping[UUID, int]) -> list[Event]:
    if len(after) == 1:
        # What one message leads to.
        ((conversation_id, seq),) = after.items()
        return _EVENTS(conversation=conversation_id, seq=seq)
    wanted = Q()
    for conversation_id, seq in after.items():
        wanted |= Q(conversation_id=conversation_id, seq__gt=seq)
    return list(_in_order(wanted)[:LIMIT])


def _in_order(wanted: Q) -> QuerySet[Event]:
    rows = Event.objects.beyond_scope().filter(wanted).order_by("conversation_id", "seq")
    return rows.select_related("handle", "handle__party")


def _present_in(conversations: Sequence[UUID]) -> Iterable[tuple[Any, ...]]:
    if len(conversations) == 1:
        return _PRESENT(conversation=conversations[0], grace=grace_began())
    return _present(Q(conversation_id__in=conversations))


def _present(where: Q, grace: dt.datetime | None = None) -> QuerySet[Participant, tuple[Any, ...]]:
    rows = Participant.objects.beyond_scope().filter(stands(grace=grace), where)
    return rows.filter(joined_seq__isnull=False).values_list(*_COLUMNS)


_EVENTS = Compiled(
    lambda conversation, seq: _in_order(Q(conversation_id=conversation, seq__gt=seq))[:LIMIT]
)
_PRESENT = Compiled(lambda conversation, grace: _present(Q(conversation_id=conversation), grace))


def marks_of(actor: Actor, conversations: Collection[UUID]) -> dict[UUID, Mark]:
    """Where these conversations stand at this moment. One query.

    Raises:
        ValueError: the actor is not the system acting as hub.
    """
    if actor.purpose is not Purpose.HUB:
        raise ValueError("only the hub looks at all conversations")
    rows = Conversation.objects.beyond_scope().filter(pk__in=conversations)
    found = rows.values_list("pk", "last_seq", "membership_epoch")
    return {pk: (last_seq, epoch) for pk, last_seq, epoch in found}
