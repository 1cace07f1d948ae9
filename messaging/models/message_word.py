"""The words by which messages are found."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from messaging.models.conversation import Conversation
from messaging.models.managers import ConversationManager
from network.words.tokens import LONGEST

# So many numbers of a conversation lie together in the index, by word.
STRETCH = 1_000


class MessageWord(models.Model):
    """One folded word of one message as it stands.

    `seq` is the number of the event that holds the words: the message itself, or its last edit.
    Who may not read that event does not find the message by it. `message` and `message_seq` name
    the message or topic: an id, not a key, as in events. `stretch` is in which thousand of its
    conversation `seq` lies, counted from 0. A message that was deleted, or that says
    nothing any more, has no rows; the words go in the transaction that takes them back.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    message = models.UUIDField()
    message_seq = models.BigIntegerField()
    seq = models.BigIntegerField()
    # A column, not an index of an expression: row security lets PostgreSQL use an index only by
    # comparing what stands there.
    stretch = models.GeneratedField(
        expression=F("seq") / STRETCH, output_field=models.BigIntegerField(), db_persist=True
    )
    word = models.CharField(max_length=LONGEST)

    objects = ConversationManager["MessageWord"]()

    class Meta:
        """Found within a stretch of a conversation by word, within a message by word.

        No index begins with the word, or with a whole conversation: a search would walk past words
        of conversations of others, or of before somebody came, and how long it takes would tell
        of them.
        """

        indexes = (
            models.Index(
                fields=["conversation", "stretch", "word", "seq", "message"],
                name="message_word_by_stretch",
            ),
            models.Index(fields=["message", "word"], name="message_word_by_message"),
        )

    def __str__(self) -> str:
        """Its place, for logs; never the word."""
        return f"word of {self.message_seq}"
