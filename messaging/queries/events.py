"""Events and messages within the visible range of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from messaging.enums import SAID, EventKind, EventState
from messaging.models import Event
from messaging.queries.standing import participations_of
from messaging.queries.translations import TranslationRow, as_rows, is_current
from network.tenancy import Actor, Purpose, acting, system

# What holds words that a deletion takes away.
_WORDED = (*SAID, EventKind.EDIT, EventKind.TRANSLATION)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message or topic as it stands: after its last edit, without words where it is deleted.

    `number` and `shown_name` are the handle's, `organization_name` the group's; empty where that
    is gone. `is_mine` says that the viewer wrote it. `files` is how many came with it, see
    `messaging.queries.attachments`. `translations` are those that people attached to it, the
    oldest first; none of a deleted message. `replies` is 0 where nobody asked for it.
    """

    id: UUID
    conversation_id: UUID
    seq: int | None
    kind: str
    handle_id: UUID | None
    number: int | None
    shown_name: str
    organization_name: str
    organization_slug: str
    body: str
    language: str
    thread_root: UUID | None
    replies: int
    is_edited: bool
    is_deleted: bool
    is_mine: bool
    files: int
    created_at: dt.datetime
    organization_id: UUID | None = None
    translations: tuple[TranslationRow, ...] = ()


def visible_events(actor: Actor) -> QuerySet[Event]:
    """Every committed event that the actor may read at this moment, of all conversations.

    Search, export and pages begin here. No query by itself.
    """
    return Event.objects.beyond_scope().filter(in_visible_range(actor))


def in_visible_range(actor: Actor) -> Exists:
    """Of rows with `conversation_id` and `seq`: the actor may read that number at this moment.

    The one place where the visible range stands.
    """
    ranges = participations_of(actor).filter(
        Q(left_seq=None) | Q(left_seq__gte=OuterRef("seq")),
        conversation_id=OuterRef("conversation_id"),
        joined_seq__lt=OuterRef("seq"),
    )
    return Exists(ranges)


def events_after(
    actor: Actor, *, conversation_id: UUID, after: int, limit: int = 500
) -> list[Event]:
    """The events after a number, in order, with handle and party. Two queries; one for none.

    What was said stands in them as it was said, but without words once it is deleted, whoever
    looks: see `deleted_among`.

    A client that asks from below the conversation's `floor_seq`, or from before it came in, begins
    with the first that there is for it. Empty where the actor has no part in it: ask
    `conversation_for` where missing and empty must differ.
    """
    rows = visible_events(actor).filter(conversation_id=conversation_id, seq__gt=after)
    page = list(rows.select_related("handle", "handle__party").order_by("seq")[:limit])
    return as_told(actor, page, conversations=[conversation_id])


def as_told(actor: Actor, page: list[Event], *, conversations: Collection[UUID]) -> list[Event]:
    """Events of these conversations, without the words of what is deleted by now. One query.

    None where nothing of it was said.
    """
    told = [one for one in page if one.kind in _WORDED]
    keys = {one.pk for one in told} | {one.target for one in told if one.target is not None}
    take_words(told, deleted_among(actor, keys, conversations=conversations))
    return page


def take_words(told: Collection[Event], deleted: set[UUID | None]) -> None:
    """Take the words of what is among the deleted, and of what speaks of it."""
    for event in told:
        if event.kind in _WORDED and deleted & {event.pk, event.target}:
            event.body = event.language = ""


def deleted_among(
    actor: Actor, messages: Collection[UUID], *, conversations: Collection[UUID]
) -> set[UUID | None]:
    """Which of these messages their authors have deleted since. One query, none for none.

    Asked by the messenger's hand, since a deletion counts for whoever looks: also for who left
    before it, to whom row security does not show the event. For messages that the actor may read
    and nothing else; when it was and that it was is not told.
    """
    if not messages:
        return set()
    with acting(system(Purpose.MESSENGER, via=actor.via), is_reading=True):
        rows = Event.objects.beyond_scope().filter(
            conversation_id__in=conversations,
            target__in=messages,
            kind=EventKind.DELETION,
            state=EventState.COMMITTED,
        )
        # In no order: asked for one, SQLite reads the whole log by number to find these few.
        return set(rows.order_by().values_list("target", flat=True))


def queued_events(actor: Actor, *, conversation_id: UUID) -> list[Event]:
    """What the actor wrote and the home has not numbered yet, oldest first. One query."""
    handles = participations_of(actor).filter(conversation_id=conversation_id)
    rows = Event.objects.beyond_scope().filter(
        conversation_id=conversation_id,
        seq=None,
        handle_id__in=handles.exclude(handle=None).values("handle_id"),
    )
    return list(rows.select_related("handle", "handle__party").order_by("created_at", "id"))


def messages_before(
    actor: Actor,
    *,
    conversation_id: UUID,
    before: int | None = None,
    thread_root: UUID | None = None,
    limit: int = 50,
) -> list[MessageRow]:
    """A page of messages as they stand, oldest first, that ends before a number; newest: None.

    Of one thread where its root is given, root included. Three queries, and one more for the root.
    """
    rows = visible_events(actor).filter(conversation_id=conversation_id, kind__in=SAID)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if thread_root is None:
        return as_they_stand(actor, _newest(actor, rows, limit)[::-1])
    # Each asked by an index of its own: together they would be looked for in the whole log.
    found = _newest(actor, rows.filter(thread_root=thread_root), limit)
    if len(found) < limit:
        found += _newest(actor, rows.filter(pk=thread_root), 1)
    return as_they_stand(actor, found[::-1])


def message_for(actor: Actor, *, conversation_id: UUID, message_id: UUID) -> MessageRow:
    """One message as it stands. Three queries.

    Raises:
        Event.DoesNotExist: missing, or the actor may not read it.
    """
    rows = visible_events(actor).filter(
        pk=message_id, conversation_id=conversation_id, kind__in=SAID
    )
    found = as_they_stand(actor, _newest(actor, rows, 1))
    if not found:
        raise Event.DoesNotExist
    return found[0]


def _newest(actor: Actor, rows: QuerySet[Event], limit: int) -> list[Event]:
    """The newest of these rows, newest first, with what is shown of them. One query."""
    return list(with_replies(actor, with_author(actor, rows)).order_by("-seq")[:limit])


def translation_for(actor: Actor, *, conversation_id: UUID, translation_id: UUID) -> UUID:
    """The message that a translation of the actor's own speaks of, taken back or not. One query.

    Raises:
        Event.DoesNotExist: missing, or somebody else's.
    """
    mine = participations_of(actor).filter(handle_id=OuterRef("handle_id"))
    rows = visible_events(actor).filter(
        Exists(mine),
        pk=translation_id,
        conversation_id=conversation_id,
        kind=EventKind.TRANSLATION,
    )
    found = rows.get()
    return found.target or found.pk


def with_author(actor: Actor, rows: QuerySet[Event]) -> QuerySet[Event]:
    """Messages with handle and party, and whether the actor wrote them: `is_mine`."""
    mine = participations_of(actor).filter(handle_id=OuterRef("handle_id"))
    return rows.select_related("handle", "handle__party").annotate(is_mine=Exists(mine))


def as_they_stand(actor: Actor, page: Sequence[Event]) -> list[MessageRow]:
    """Messages of `with_author` after their edits and deletions, in their order. Two queries.

    An edit and a translation count where the actor may read them; a deletion of a message or a
    translation counts for whoever looks.
    """
    keys, conversations = {one.pk for one in page}, {one.conversation_id for one in page}
    seen = visible_events(actor)
    rows = seen.filter(
        Q(kind=EventKind.EDIT) | (Q(kind=EventKind.TRANSLATION) & is_current(seen)),
        conversation_id__in=conversations,
        target__in=keys,
    )
    # Put in order here: asked for it, SQLite reads the whole log by number to find these few.
    changes = sorted(with_author(actor, rows).order_by(), key=lambda one: one.seq or 0)
    deleted = deleted_among(actor, keys | {one.pk for one in changes}, conversations=conversations)
    changed: dict[UUID | None, list[Event]] = {}
    for change in changes:
        if change.pk not in deleted:
            changed.setdefault(change.target, []).append(change)
    return [_message(one, changed.get(one.pk, []), one.pk in deleted) for one in page]


def with_replies(actor: Actor, rows: QuerySet[Event]) -> QuerySet[Event]:
    """Messages with how often they were answered, as far as the actor may read it: `replies`."""
    return rows.annotate(replies=_replies(actor))


def _replies(actor: Actor) -> Coalesce:
    replies = (
        visible_events(actor)
        .filter(
            conversation_id=OuterRef("conversation_id"), thread_root=OuterRef("pk"), kind__in=SAID
        )
        .order_by()
        .values("thread_root")
        .annotate(number=Count("pk"))
    )
    return Coalesce(
        Subquery(replies.values("number"), output_field=IntegerField()),
        Value(0),
        output_field=IntegerField(),
    )


def _message(event: Event, changes: list[Event], is_deleted: bool) -> MessageRow:
    edits = [one for one in changes if one.kind == EventKind.EDIT]
    translations = [one for one in changes if one.kind == EventKind.TRANSLATION]
    edit = edits[-1] if edits else None
    words = edit or event
    handle = event.handle
    party = handle.party if handle is not None else None
    return MessageRow(
        id=event.pk,
        conversation_id=event.conversation_id,
        seq=event.seq,
        kind=event.kind,
        handle_id=event.handle_id,
        number=handle.number if handle is not None else None,
        shown_name=handle.shown_name if handle is not None else "",
        organization_name=party.name if party is not None else "",
        organization_slug=party.slug if party is not None else "",
        body="" if is_deleted else words.body,
        language="" if is_deleted else words.language,
        thread_root=event.thread_root,
        replies=getattr(event, "replies", 0),
        is_edited=edit is not None and not is_deleted,
        is_deleted=is_deleted,
        is_mine=event.is_mine,  # type: ignore[attr-defined]  # annotated
        files=0 if is_deleted else event.data.get("files", 0),
        created_at=event.created_at,
        organization_id=handle.organization_id if handle is not None else None,
        translations=()
        if is_deleted
        else as_rows(translations, edit.seq or 0 if edit is not None else 0),
    )
