"""Changing and deleting what one said oneself."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.messages.writing import MessageForm
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.shown import back_at, page_about, send_form
from messaging.actions.sending import delete_message, edit_message
from messaging.queries.events import MessageRow, message_for
from messaging.queries.inbox import conversation_for
from network.permissions import Permission

DELETED = uuid.UUID("6f0f3a52-9c0b-4c57-8a0e-3f5c2a4f7d11")


@require_http_methods(["GET", "HEAD", "POST"])
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def edit(
    request: HttpRequest, seat: Seat, conversation_id: UUID, message_id: UUID
) -> HttpResponse:
    """The form to say one's own message anew, and the button that deletes it."""
    row = conversation_for(seat.actor, conversation_id)
    message = _own(seat, conversation_id, message_id)
    initial = {"body": message.body, "language": message.language}
    form = MessageForm(**send_form(seat, request.POST or None, initial=initial))
    return page_about(
        request,
        seat,
        row,
        message,
        form,
        template="frontend/messages/edit.html",
        verb=edit_message,
    )


@require_POST
@messages_page(Permission.MESSAGE_WRITE)
def delete(
    request: HttpRequest, seat: Seat, conversation_id: UUID, message_id: UUID
) -> HttpResponse:
    """Delete one's own message; sent twice it is done once."""
    message = _own(seat, conversation_id, message_id)
    delete_message(
        seat.actor,
        conversation_id=conversation_id,
        client_id=uuid.uuid5(DELETED, str(message_id)),
        target=message_id,
    )
    return back_at(seat, message)


def _own(seat: Seat, conversation_id: UUID, message_id: UUID) -> MessageRow:
    """One's own message.

    Raises:
        Http404: it is somebody else's.
        Event.DoesNotExist: it is not there.
    """
    found = message_for(seat.actor, conversation_id=conversation_id, message_id=message_id)
    if not found.is_mine:
        raise Http404
    return found
