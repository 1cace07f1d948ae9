"""What is older than its conversation keeps is deleted for good, for everybody."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.actions.log import append, hand, locked
from messaging.actions.words import forget_through
from messaging.enums import RETENTION_DAYS, SAID, EventKind, EventState
from messaging.folding import fold
from messaging.models import Attachment, Conversation, Event, Mention, Participant
from network.actions.purge_uploads import DAY, sweep
from network.tenancy import Actor, Purpose, acting
from network.uploads.storage import ATTACHMENTS

# So long the words of what was deleted or changed are kept, in case of a quarrel over them.
UNDONE_DAYS = 7
AT_ONCE = 500


def purge_messages(actor: Actor, *, now: dt.datetime | None = None) -> dict[str, int]:
    """Delete what has passed its time; how many events went, and how many lost their words.

    Each conversation in a transaction of its own: its log up to some number goes, what it amounts
    to stays as `base`, and an event of its own says so. `now` is the time that is asked about.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    moment = now or timezone.now()
    gone = 0
    for days in RETENTION_DAYS:
        oldest = moment - dt.timedelta(days=days)
        with acting(actor, is_reading=True):
            due = list(_due(days, oldest).values_list("pk", flat=True))
        gone += sum(_expire(actor, pk, days, oldest) for pk in due)
        with acting(actor):
            gone += _unsent(days, oldest).delete()[0]
    before = moment - dt.timedelta(days=UNDONE_DAYS)
    emptied = _empty_undone(actor, before)
    with acting(actor):
        Attachment.objects.beyond_scope().filter(deleted_at__lt=before).delete()
    return {"messages": gone, "words_of_messages": emptied}


def purge_attachments(actor: Actor) -> dict[str, int]:
    """Delete the files of messages that no row names; how many there were.

    Those of messages that the purge has deleted, and what a send left that came to nothing: after
    a day, so that none is taken for nameless before its row is there. Rows first, then their
    files: run it after `purge_messages` and outside of its transaction.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    old = ATTACHMENTS.older_than(DAY)
    with acting(actor, is_reading=True):
        named = set(Attachment.objects.beyond_scope().values_list("file", flat=True))
    return {"files_of_messages": sweep(ATTACHMENTS, old - named)}


def _due(days: int, oldest: dt.datetime) -> QuerySet[Conversation]:
    """Conversations that keep so long and hold something older than that."""
    old = Event.objects.beyond_scope().filter(
        conversation_id=OuterRef("pk"), seq__isnull=False, created_at__lt=oldest
    )
    rows = Conversation.objects.beyond_scope().filter(home_node=None, retention_days=days)
    # That something expired is kept until more expires, or it would be said for ever.
    return rows.filter(Exists(old.exclude(kind=EventKind.EXPIRED)))


def _unsent(days: int, oldest: dt.datetime) -> QuerySet[Event]:
    """What has waited so long for the home of its conversation that it is sent no more."""
    rows = Event.objects.beyond_scope().filter(seq=None, created_at__lt=oldest)
    return rows.filter(conversation__retention_days=days)


def _expire(actor: Actor, conversation_id: UUID, days: int, oldest: dt.datetime) -> int:
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        if conversation.retention_days != days:
            return 0
        events = Event.objects.beyond_scope().filter(conversation=conversation)
        young = events.filter(created_at__gte=oldest).aggregate(first=Min("seq"))["first"]
        through = conversation.last_seq if young is None else young - 1
        if through <= conversation.floor_seq:
            return 0
        old = events.filter(seq__gt=conversation.floor_seq, seq__lte=through).order_by("seq")
        base = fold(old.iterator(), conversation.base).to_base()
        append(
            conversation,
            EventKind.EXPIRED,
            data={"through": through},
            floor_seq=through,
            base=base,
        )
        # Who can read nothing of it any more is not told for ever what it was called then.
        over = Q(left_seq__lte=through) | Q(left_seq=None, ended_at__lt=oldest)
        Participant.objects.beyond_scope().filter(over, conversation=conversation).exclude(
            Q(ended_as="") | Q(ended_topic="")
        ).update(ended_topic="")
        with acting(actor):
            forget_through(conversation.pk, through)
            Mention.objects.beyond_scope().filter(
                conversation=conversation, seq__lte=through
            ).delete()
            Attachment.objects.beyond_scope().filter(
                conversation=conversation, event__seq__lte=through
            ).delete()
            deleted, _tables = events.filter(seq__lte=through).delete()
            _orphaned(events).update(body="")
    return deleted


def _orphaned(events: QuerySet[Event]) -> QuerySet[Event]:
    """Later words for a message that is gone: they go with it, though they are younger."""
    message = Event.objects.beyond_scope().filter(
        conversation_id=OuterRef("conversation_id"), pk=OuterRef("target")
    )
    rows = events.filter(kind__in=(EventKind.EDIT, EventKind.TRANSLATION)).exclude(body="")
    return rows.filter(~Exists(message))


def _empty_undone(actor: Actor, before: dt.datetime) -> int:
    """Take the words that were taken back before some time, a few at a time; how many.

    They are looked for without the lock for writing, which SQLite has only one of: whoever
    writes meanwhile would wait for it.
    """
    with acting(actor, is_reading=True):
        found = sorted(
            {pk for rows in _undone(before) for pk in rows.values_list("pk", flat=True)}
        )
    emptied = 0
    for first in range(0, len(found), AT_ONCE):
        with acting(actor):
            rows = Event.objects.beyond_scope().filter(pk__in=found[first : first + AT_ONCE])
            emptied += rows.exclude(body="").update(body="")
    return emptied


def _undone(before: dt.datetime) -> tuple[QuerySet[Event], QuerySet[Event]]:
    """Events whose words a deletion or a later change took back before some time.

    What was said, and what changes and translations of it were replaced by later ones or went
    with it. Both begin from the changes, which are few and have an index: a look at each event
    would take as long as the log is.
    """
    changes = (
        Event.objects.beyond_scope()
        .filter(target__isnull=False, state=EventState.COMMITTED, created_at__lt=before)
        .order_by()
    )
    undoing = changes.filter(kind__in=(EventKind.EDIT, EventKind.DELETION))
    of_it = undoing.filter(conversation_id=OuterRef("conversation_id"), target=OuterRef("pk"))
    kinds = (*SAID, EventKind.EDIT, EventKind.TRANSLATION)
    worded = Event.objects.beyond_scope().filter(kind__in=kinds).exclude(body="")
    said = worded.filter(Exists(of_it), pk__in=undoing.values("target"))
    beside = changes.filter(conversation_id=OuterRef("conversation_id"), target=OuterRef("target"))
    later = beside.filter(seq__gt=OuterRef("seq"))
    translated = later.filter(
        kind=EventKind.TRANSLATION,
        handle_id=OuterRef("handle_id"),
        language=OuterRef("language"),
    )
    # A changed message leaves its translations: they are marked as of the earlier words.
    replaced = worded.filter(
        Exists(beside.filter(kind=EventKind.DELETION))
        | Q(Exists(later.filter(kind=EventKind.EDIT)), kind=EventKind.EDIT)
        | Q(Exists(translated), kind=EventKind.TRANSLATION),
        target__isnull=False,
    )
    return said.order_by(), replaced.order_by()
