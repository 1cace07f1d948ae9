"""What all views of conversations share: who asks, how often they may write, what is over."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from api.problems import Refusal
from api.v1.serializers.conversations import conversation_document
from api.v1.tenant import TenantView
from messaging.actions.rates import take_send
from messaging.errors import ConversationClosed
from messaging.queries.inbox import conversation_for
from network.enums import Scope
from network.permissions import Permission

READ = (Permission.MESSAGE_READ, Scope.MESSAGES_READ)
# What is one's own: how far one has read, whether one is told.
MARK = (Permission.MESSAGE_READ, Scope.MESSAGES_WRITE)
WRITE = (Permission.MESSAGE_WRITE, Scope.MESSAGES_WRITE)
MANAGE = (Permission.MESSAGE_MANAGE, Scope.MESSAGES_WRITE)
CLOSED = {
    "left": "You, or your organization, take part no more.",
    "requested": "Your first message has no answer yet. Write again when it is accepted.",
    "unanswered": "Accept this conversation first.",
    "target": "There is no such message here, or it is not yours to change.",
}


class ConversationView(TenantView):
    """A view of conversations that the token's person has in the token's organization.

    `adds_events` says that what is sent is counted as a message.
    """

    adds_events = False

    def told(self, pk: UUID, **more: Any) -> HttpResponse:
        """The conversation as it is now for who asks."""
        return self.answer(conversation_document(conversation_for(self.actor, pk)), **more)

    def _within(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The address names no organization: the token does."""
        return kwargs

    def _admit(self, method: str) -> None:
        """Count what is to be sent.

        Raises:
            Refusal: 429, the person writes too fast.
        """
        if method == "GET" or not self.adds_events:
            return
        taken = take_send(self.actor)
        if not taken.allowed:
            raise Refusal(
                HTTPStatus.TOO_MANY_REQUESTS,
                {"Retry-After": str(taken.reset_seconds)},
                detail=f"You may send {settings.MESSAGE_BURST} messages at once. Wait a little.",
            )

    def _told(self, error: Exception) -> Exception:
        """What is closed is a conflict: the conversation is there, and not to be written to."""
        if isinstance(error, ConversationClosed):
            return Refusal(HTTPStatus.CONFLICT, detail=CLOSED[error.code], code=error.code)
        return super()._told(error)
