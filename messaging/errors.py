"""What can go wrong in a conversation, beside fields and refusals."""

from __future__ import annotations


class ConversationClosed(Exception):  # noqa: N818 - an answer, not a fault
    """The actor sees the conversation and can no longer, or not yet, write to it.

    `code` says why: `left`, `requested` (nobody has answered the first message yet), `unanswered`
    (the actor has not accepted yet), `target` (what is changed is not there to be changed).
    """

    def __init__(self, code: str) -> None:
        """Keep why."""
        super().__init__(code)
        self.code = code
