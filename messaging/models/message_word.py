"""The words by which messages are found."""

from __future__ import annotations

from django.db import models

from messaging.models.conversation import Conversation
from messaging.models.managers import ConversationManager
from network.words.tokens import LONGEST


class MessageWord(models.Model):
    """One folded word of one message as it stands.

    `seq` is the number of the event that holds the words: the message itself, or its last edit.
    Who may not read that event does not find the message by it. `message` and `message_seq` name
    the message or topic: an id, not a key, as in events. A message that was deleted, or that says
    nothing any more, has no rows; the words go in the transaction that takes them back.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    message = models.UUIDField()
    message_seq = models.BigIntegerField()
    seq = models.BigIntegerField()
    word = models.CharField(max_length=LONGEST)

    objects = ConversationManager["MessageWord"]()

    class Meta:
        """Found within a conversation by word, within a message by word; taken away by message.

        No index begins with the word: a search would walk past words of conversations of others,
        and how long it takes would tell of them.
        """

        indexes = (
            models.Index(
                fields=["conversation", "word", "seq", "message"], name="message_word_by_word"
            ),
            models.Index(fields=["message", "word"], name="message_word_by_message"),
        )

    def __str__(self) -> str:
        """Its place, for logs; never the word."""
        return f"word of {self.message_seq}"
