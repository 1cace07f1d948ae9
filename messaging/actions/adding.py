"""Adding what somebody says as the next event: one lock, one number, one row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, QuerySet, When
from django.utils import timezone

from messaging.actions.attaching import NewFile, keep_files, take_files_down
from messaging.actions.log import hand
from messaging.actions.people import give_handle, make_handle
from messaging.actions.targets import checked_target
from messaging.actions.words import follow_words
from messaging.enums import ConversationState, EventKind, EventState, ParticipantState
from messaging.errors import ConversationClosed
from messaging.hints import hint
from messaging.models import Conversation, Event, Handle, Mention, Participant, Party
from messaging.queries.standing import (
    grace_began,
    participation_in,
    participations_of,
    rows_of,
    writes,
)
from messaging.validators import names_in
from network.compiled import CompiledUpdate
from network.erasures import Erased, erase
from network.tenancy import Actor, acting


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to add, checked."""

    kind: EventKind
    client_id: UUID
    body: str = ""
    language: str = ""
    thread_root: UUID | None = None
    target: UUID | None = None
    files: tuple[NewFile, ...] = ()


def add(actor: Actor, conversation_id: UUID, draft: Draft) -> tuple[Event, bool]:
    """The event, and whether it was there before: a repeat of the same `client_id` adds nothing.

    The number is taken by one statement that asks for the right to write as well, and whose lock
    orders all who write. A repeat meets the unique key: the savepoint takes the number back. What
    else fails takes it back too, so no number is ever missing.

    Raises:
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `requested`, `unanswered`, `target`.
        ValidationError: by field: of a translation, see `checked_target`; `files`: they cannot be
            kept.
    """
    try:
        with transaction.atomic():
            return _add(actor, conversation_id, draft), False
    except (IntegrityError, ConversationClosed, ValidationError):
        # What was sent once stays sent, though it could not be sent again.
        before = _sent_before(actor, conversation_id, draft)
        if before is None:
            raise
        return before, True


def _next_number(
    person: UUID, organization: UUID, grace: dt.datetime, conversation: UUID, now: dt.datetime
) -> tuple[QuerySet[Conversation], dict[str, Any]]:
    """The conversation, where the person may write to it, and what becomes of it."""
    mine = rows_of(person, organization, grace).filter(writes(), conversation_id=OuterRef("pk"))
    rows = Conversation.objects.beyond_scope().filter(Exists(mine), pk=conversation)
    is_home = When(home_node=None, then=F("last_seq") + 1)
    number = Case(is_home, default=F("last_seq"), output_field=BigIntegerField())
    return rows, {"last_seq": number, "updated_at": now}


_TAKE_NUMBER = CompiledUpdate(_next_number)


def _add(actor: Actor, conversation_id: UUID, draft: Draft) -> Event:
    _TAKE_NUMBER(
        person=actor.someone,
        organization=actor.acted_for,
        grace=grace_began(),
        conversation=conversation_id,
        now=timezone.now(),
    )
    # Read after the lock was had: who lost access while this waited is seen to have lost it.
    participant = participation_in(actor, conversation_id)
    _require_open(participant)
    target = checked_target(
        actor,
        participant,
        draft.kind,
        target=draft.target,
        thread_root=draft.thread_root,
        language=draft.language,
    )
    root = None if target is None or draft.target else target.thread_root or target.pk
    conversation = participant.conversation
    if participant.handle is None:
        _introduce(actor, participant)
    is_home_here = conversation.home_node_id is None
    event = Event(
        conversation=conversation,
        seq=conversation.last_seq if is_home_here else None,
        state=EventState.COMMITTED if is_home_here else EventState.QUEUED,
        kind=draft.kind,
        handle=participant.handle,
        client_id=draft.client_id,
        thread_root=root,
        target=draft.target,
        language=draft.language,
        body=draft.body,
        data={"files": len(draft.files)} if draft.files else {},
    )
    event.save(force_insert=True)
    # After the event: a repeat ends there, and keeps no second file.
    keep_files(actor, event, draft.files)
    if draft.kind is EventKind.DELETION and draft.target is not None:
        take_files_down(actor, draft.target)
        erase(Erased.MESSAGE, draft.target)
    if is_home_here:
        if draft.kind is not EventKind.TRANSLATION:
            # Whom the message names was told when it was said.
            add_mentions(event)
        follow_words(event, target)
        hint(conversation.pk, conversation.last_seq)
    return event


def writing_in(actor: Actor, conversation_id: UUID) -> Participant:
    """The actor's part in a conversation that they can write to. One query.

    Raises:
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `requested`, `unanswered`.
    """
    found = participation_in(actor, conversation_id)
    _require_open(found)
    return found


def _require_open(participant: Participant) -> None:
    if participant.ended_as:
        raise ConversationClosed("left")
    if participant.state == ParticipantState.INVITED:
        raise ConversationClosed("unanswered")
    if participant.conversation.state == ConversationState.REQUESTED:
        raise ConversationClosed("requested")


def _introduce(actor: Actor, participant: Participant) -> None:
    """Give a handle first: its event takes the number that was had, and the word the next."""
    conversation = participant.conversation
    with acting(hand(actor)):
        if conversation.home_node_id is not None:
            # The home makes an event of it when it takes the word.
            make_handle(conversation, participant)
            return
        give_handle(conversation, participant, is_counted=True)
        Conversation.objects.beyond_scope().filter(pk=conversation.pk).update(
            last_seq=F("last_seq") + 1
        )
    conversation.last_seq += 1


def _sent_before(actor: Actor, conversation_id: UUID, draft: Draft) -> Event | None:
    handles = participations_of(actor).filter(conversation_id=conversation_id)
    return (
        Event.objects.beyond_scope()
        .filter(
            conversation_id=conversation_id,
            client_id=draft.client_id,
            handle_id__in=handles.exclude(handle=None).values("handle_id"),
        )
        .first()
    )


def add_mentions(event: Event) -> None:
    """A row for each handle, organization and role that the text names and that takes part.

    Two statements and none where there is no name in it.
    """
    names = names_in(event.body) if "@" in event.body else []
    if not names:
        return
    present = Party.objects.beyond_scope().filter(
        conversation_id=event.conversation_id, left_seq=None, slug__in={name[0] for name in names}
    )
    parties = {one.slug: one for one in present}
    numbers = {name[1] for name in names if name[1] is not None}
    known = Handle.objects.beyond_scope().filter(
        conversation_id=event.conversation_id, number__in=numbers, left_seq=None
    )
    handles = {(one.organization_id, one.number): one for one in known} if numbers else {}
    rows = []
    for slug, number, role in names:
        party = parties.get(slug)
        handle = handles.get((party.organization_id, number)) if party and number else None
        if party is None or party.organization_id is None or (number and handle is None):
            continue
        rows.append(
            Mention(
                conversation_id=event.conversation_id,
                event=event,
                seq=event.seq or 0,
                organization_id=party.organization_id,
                handle=handle,
                role=role or "",
            )
        )
    Mention.objects.bulk_create(rows)
