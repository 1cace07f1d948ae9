"""The words by which messages are found: kept as long as the words of the message, and no longer.

Written in the transaction that writes the event, and taken away in the one that takes words back.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from messaging.enums import SAID, EventKind
from messaging.models import Event, MessageWord
from network.tenancy import Purpose, acting, system
from network.words.tokens import private_tokens


def follow_words(event: Event, target: Event | None = None) -> None:
    """Let a message be found by what it says after this event, and by nothing that it said before.

    For an event with a number, of which `target` is the message that an edit or a deletion speaks
    of, looked at before. One statement to add and one to take away, whoever takes part; SQLite
    takes a message of more than some 190 words in several.
    """
    if event.kind in SAID:
        _add(event, event)
    elif target is not None and event.kind in (EventKind.EDIT, EventKind.DELETION):
        rows = MessageWord.objects.beyond_scope().filter(
            conversation_id=event.conversation_id, message=target.pk
        )
        rows.delete()
        if event.kind == EventKind.EDIT:
            # What a person may add by themselves are words of what they say, at its own number.
            with acting(system(Purpose.MESSENGER)):
                _add(target, event)


def forget_through(conversation_id: UUID, seq: int) -> None:
    """Take away the words of all messages up to a number. As purge."""
    rows = MessageWord.objects.beyond_scope().filter(conversation_id=conversation_id)
    rows.filter(message_seq__lte=seq).delete()


def forget_words(conversation_id: UUID, messages: QuerySet[Event]) -> None:
    """Take away the words of some messages of a conversation. As purge."""
    rows = MessageWord.objects.beyond_scope().filter(conversation_id=conversation_id)
    rows.filter(message__in=messages.order_by().values("pk")).delete()


def _add(message: Event, said: Event) -> None:
    """The words of an event as those of a message."""
    words = dict.fromkeys(private_tokens(said.body))
    MessageWord.objects.bulk_create(
        MessageWord(
            conversation_id=message.conversation_id,
            message=message.pk,
            message_seq=message.seq or 0,
            seq=said.seq or 0,
            word=word,
        )
        for word in words
    )
