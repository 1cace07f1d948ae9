"""What somebody who comes back has missed: where conversations stand, and the events since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from messaging.enums import Ending
from messaging.models import Event, Participant
from messaging.queries.events import as_told, visible_events
from messaging.queries.standing import grace_began, newest, participations_of, rows_of
from network.compiled import Compiled
from network.tenancy import Actor

# Whoever connects is told where so many conversations stand.
HEADS = 200
_COLUMNS = (
    "conversation_id",
    "conversation__last_seq",
    "conversation__floor_seq",
    "joined_seq",
    "left_seq",
    "read_seq",
    "ended_as",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a conversation.

    `head` is the newest number that they may see, `start` what their first event follows.
    `is_over`: they take part no more. `is_asked`: they see nothing before they accept.
    """

    head: int
    start: int
    read: int
    is_over: bool
    is_asked: bool


def newest_parts(actor: Actor) -> dict[UUID, Part]:
    """The person's parts in the `HEADS` conversations with the newest events. One query."""
    if actor.person_id is None or actor.organization_id is None:
        return {}
    rows = _NEWEST(person=actor.person_id, organization=actor.organization_id, grace=grace_began())
    return {row[0]: _part(*row[1:]) for row in rows}


def parts_of(actor: Actor, conversations: Collection[UUID]) -> dict[UUID, Part]:
    """The person's parts in these conversations; newest events first. One query.

    None of a conversation in which the person has no part at this moment.
    """
    rows = participations_of(actor).filter(conversation_id__in=list(conversations))
    return {row[0]: _part(*row[1:]) for row in _in_order(rows)}


def _in_order(rows: QuerySet[Participant]) -> QuerySet[Participant, tuple[Any, ...]]:
    ordered = newest(rows).order_by("-conversation__updated_at", "-conversation_id")
    return ordered.values_list(*_COLUMNS)


_NEWEST = Compiled(
    lambda person, organization, grace: _in_order(rows_of(person, organization, grace))[:HEADS]
)


def missed(actor: Actor, after: Mapping[UUID, int], limit: int) -> list[Event]:
    """Events after a number of each conversation, by conversation and in order; `limit` in all.

    With handle and party, and only what the actor may read at this moment: the right is asked
    for in the same query. As `events_after` tells them. Two queries; one for none.
    """
    wanted = Q()
    for conversation_id, seq in after.items():
        wanted |= Q(conversation_id=conversation_id, seq__gt=seq)
    if not after or limit < 1:
        return []
    rows = visible_events(actor).filter(wanted).select_related("handle", "handle__party")
    found = list(rows.order_by("conversation_id", "seq")[:limit])
    return as_told(actor, found, conversations=list(after))


def _part(
    last: int, floor: int, joined: int | None, left: int | None, read: int, ended: str
) -> Part:
    head = last if left is None else min(last, left)
    start = max(joined or 0, min(floor, head))
    return Part(
        head=0 if joined is None else head,
        start=start,
        read=read,
        is_over=ended not in ("", Ending.ANSWERED),
        is_asked=joined is None,
    )
