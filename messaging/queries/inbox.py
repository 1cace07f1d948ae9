"""The conversations of a person for one organization, and how many wait to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from messaging.enums import (
    ConversationKind,
    ConversationState,
    Ending,
    ParticipantState,
    PartyState,
    SeenState,
)
from messaging.models import Conversation, Participant, Party
from messaging.queries.counting import counted, mentions_of, unread_of
from messaging.queries.standing import newest, participations_of, writes
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class PartyName:
    """An organization of a conversation; without name and slug where it is gone for good."""

    organization_id: UUID | None
    name: str
    slug: str
    is_joined: bool


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A conversation as one person sees it.

    `incoming` says that the person, or their organization, was asked. `last_seq` is the newest
    number that the person may see. `unread` counts messages and topics of others after `read_seq`,
    `mentions` those that name the person, their role or their organization; both are 100 where
    there are more, and 0 where it is muted, not accepted or left. `home` is the name of the node
    that gives the numbers; empty: this one.
    """

    id: UUID
    kind: ConversationKind
    topic: str
    state: SeenState
    incoming: bool
    home: str
    parties: tuple[PartyName, ...]
    my_handle_id: UUID | None
    my_number: int | None
    my_name: str
    last_seq: int
    floor_seq: int
    read_seq: int
    unread: int
    mentions: int
    is_muted: bool
    is_host: bool
    retention_days: int
    updated_at: dt.datetime


class Shelf(StrEnum):
    """A part of somebody's conversations: all of them, or those that stand in one way.

    `TALKS` are those in which one takes part, `UNREAD` and `MUTED` some of them, `ASKED` what one
    was asked to, `WAITING` what one's own organization asked and nobody answered yet, `OVER` what
    was left or refused.
    """

    ALL = "all"
    TALKS = "talks"
    UNREAD = "unread"
    MUTED = "muted"
    ASKED = "asked"
    WAITING = "waiting"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a conversation stands for one person; compared, it says what a client missed."""

    last_seq: int
    read_seq: int
    epoch: int


def inbox(
    actor: Actor,
    *,
    limit: int = 50,
    before: tuple[dt.datetime, UUID] | None = None,
    shelf: Shelf = Shelf.ALL,
) -> list[InboxRow]:
    """The person's conversations, the one with the newest event first; requests are among them.

    `before` are `updated_at` and id of the last row of the page before. Two queries at any
    number of conversations; none of them a conversation that the person may not see now.
    """
    rows: QuerySet[Any] = _on(inbox_parts(actor), shelf)
    if before is not None:
        moment, key = before
        rows = rows.filter(Q(moment__lt=moment) | Q(moment=moment, conversation_id__lt=key))
    return inbox_rows(inbox_page(rows.order_by("-moment", "-conversation_id")[:limit]))


def conversation_for(actor: Actor, conversation_id: UUID) -> InboxRow:
    """One of them. Two queries.

    Raises:
        Conversation.DoesNotExist: missing, or the actor has no part in it.
    """
    found = list(_counted(inbox_parts(actor).filter(conversation_id=conversation_id)))
    if not found:
        raise Conversation.DoesNotExist
    return inbox_rows(found)[0]


def asked_total(actor: Actor) -> int:
    """How many conversations the person, or their organization, was asked to. One query."""
    return _on(newest(participations_of(actor)), Shelf.ASKED).count()


def unread_totals(actor: Actor) -> tuple[int, int]:
    """How many conversations hold something unread, and how many mention the person. One query."""
    rows = newest(participations_of(actor)).filter(writes(), _has_news(), is_muted=False)
    looked = rows.annotate(has_unread=Exists(unread_of()), has_mention=Exists(mentions_of()))
    found = looked.aggregate(
        unread=Count("pk", filter=Q(has_unread=True)),
        mentioning=Count("pk", filter=Q(has_mention=True)),
    )
    return found["unread"], found["mentioning"]


def heads(actor: Actor, conversations: Collection[UUID] | None = None) -> dict[UUID, Head]:
    """Where each conversation that the person takes part in stands, or some of them. One query."""
    rows = newest(participations_of(actor)).exclude(joined_seq=None)
    if conversations is not None:
        rows = rows.filter(conversation_id__in=conversations)
    found = rows.values_list(
        "conversation_id",
        "conversation__last_seq",
        "left_seq",
        "read_seq",
        "conversation__membership_epoch",
    )
    return {
        pk: Head(last if left is None else min(last, left), read, epoch)
        for pk, last, left, read, epoch in found
    }


def _on(rows: QuerySet[Participant], shelf: Shelf) -> QuerySet[Participant]:
    """Those of one shelf."""
    if shelf is Shelf.ALL:
        return rows
    if shelf is Shelf.ASKED:
        return rows.filter(state=ParticipantState.INVITED, ended_as="")
    if shelf is Shelf.OVER:
        return rows.exclude(ended_as="")
    rows = rows.filter(writes())
    waits = Q(conversation__state=ConversationState.REQUESTED)
    if shelf is Shelf.WAITING:
        return rows.filter(waits)
    if shelf is Shelf.MUTED:
        return rows.filter(is_muted=True)
    if shelf is Shelf.UNREAD:
        return rows.filter(_has_news(), Exists(unread_of()), is_muted=False)
    return rows.exclude(waits)


def _has_news() -> Q:
    """Of participants: something came after what they have read. Only then a log is looked at."""
    return Q(conversation__last_seq__gt=F("read_seq"))


def inbox_parts(actor: Actor) -> QuerySet[Participant]:
    """The person's rows, and the `moment` by which they are ordered. No query.

    Where they see no further than some number, that the others went on is nothing of theirs.
    """
    return newest(participations_of(actor)).annotate(moment=_moment())


def inbox_page(parts: QuerySet[Participant]) -> list[Participant]:
    """A page cut from `inbox_parts`, in its order, with all that is shown of each row. One query.

    What is counted is counted for these alone, and not for the whole inbox before it is cut.
    """
    rows = Participant.objects.beyond_scope().filter(pk__in=parts.values("pk"))
    return list(_counted(rows.annotate(moment=_moment())).order_by(*parts.query.order_by))


def _counted(parts: QuerySet[Participant]) -> QuerySet[Participant]:
    return parts.select_related(
        "conversation", "conversation__home_node", "handle", "party"
    ).annotate(
        unread=counted(unread_of()),
        mentioned=counted(mentions_of()),
    )


def _moment() -> Case:
    return Case(
        When(ended_as="", left_seq=None, then=F("conversation__updated_at")),
        default=Coalesce(F("ended_at"), F("created_at")),
    )


def inbox_rows(found: list[Participant]) -> list[InboxRow]:
    """What rows of `inbox_page` say, in their order. One query."""
    parties = Party.objects.beyond_scope().filter(
        conversation_id__in=[one.conversation_id for one in found]
    )
    by_conversation: dict[UUID, list[Party]] = {}
    for party in parties.order_by("created_at", "id"):
        by_conversation.setdefault(party.conversation_id, []).append(party)
    return [_row(one, by_conversation.get(one.conversation_id, [])) for one in found]


def _row(one: Participant, parties: list[Party]) -> InboxRow:
    conversation = one.conversation
    end = conversation.last_seq if one.left_seq is None else one.left_seq
    home, handle = conversation.home_node, one.handle
    return InboxRow(
        id=conversation.pk,
        kind=ConversationKind(conversation.kind),
        topic=one.ended_topic if one.ended_as else conversation.topic,
        state=_state(one),
        incoming=one.state == ParticipantState.INVITED,
        home=home.name if home is not None else "",
        parties=tuple(
            PartyName(
                party.organization_id, party.name, party.slug, party.state == PartyState.JOINED
            )
            for party in parties
            if _is_shown(party, one, end)
        ),
        my_handle_id=one.handle_id,
        my_number=handle.number if handle is not None else None,
        my_name=handle.shown_name if handle is not None else "",
        last_seq=min(conversation.last_seq, end) if one.joined_seq is not None else 0,
        floor_seq=conversation.floor_seq,
        read_seq=one.read_seq,
        unread=one.unread,  # type: ignore[attr-defined]  # annotated
        mentions=one.mentioned,  # type: ignore[attr-defined]  # annotated
        is_muted=one.is_muted,
        is_host=one.party.is_host,
        retention_days=conversation.retention_days,
        updated_at=one.moment,  # type: ignore[attr-defined]  # annotated
    )


def _is_shown(party: Party, one: Participant, end: int) -> bool:
    """Whether an organization was there up to the number that the person sees."""
    if one.ended_as or one.left_seq is not None:
        return party.joined_seq < max(end, 1)
    return party.left_seq is None


def _state(one: Participant) -> SeenState:
    if one.ended_as == Ending.REFUSED:
        return SeenState.REFUSED
    if one.ended_as:
        return SeenState.LEFT
    is_waiting = one.conversation.state == ConversationState.REQUESTED
    if one.state == ParticipantState.INVITED or is_waiting:
        return SeenState.REQUESTED
    return SeenState.OPEN
