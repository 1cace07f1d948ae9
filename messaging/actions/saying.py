"""What is said while a conversation is being opened."""

from __future__ import annotations

from uuid import UUID

from messaging.actions.adding import add_mentions
from messaging.actions.log import append
from messaging.actions.words import follow_words
from messaging.enums import EventKind
from messaging.models import Conversation, Participant


def say_first(
    conversation: Conversation, seat: Participant, body: str, language: str, client_id: UUID
) -> None:
    """The first message of who opens a conversation, if there is one. As messenger."""
    if not body:
        return
    event = append(
        conversation,
        EventKind.MESSAGE,
        handle=seat.handle,
        body=body,
        language=language,
        client_id=client_id,
    )
    add_mentions(event)
    follow_words(event)
