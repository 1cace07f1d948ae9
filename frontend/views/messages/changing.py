"""Changing and deleting what one said oneself."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.writing import MessageForm
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.shown import send_form, too_fast, with_time
from messaging.actions.sending import delete_message, edit_message
from messaging.queries.events import MessageRow, message_for
from messaging.queries.inbox import conversation_for
from messaging.queries.readers import readers_of
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
    is_too_fast = request.method == "POST" and too_fast(seat, form)
    if request.method == "POST" and form.is_valid() and not is_too_fast:
        try:
            edit_message(
                seat.actor,
                conversation_id=conversation_id,
                client_id=form.send_id,
                target=message_id,
                body=form.cleaned_data["body"],
                language=form.cleaned_data["language"],
            )
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            return _back(seat, conversation_id, message)
    context = {**of(seat), "row": row, "message": message, "form": form}
    context["readers"] = readers_of(seat.actor, conversation_id)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    answer = render(request, "frontend/messages/edit.html", context, status=status)
    if is_too_fast and seat.taken is not None:
        return with_time(answer, seat.taken.reset_seconds)
    return answer


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
    return _back(seat, conversation_id, message)


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


def _back(seat: Seat, conversation_id: UUID, message: MessageRow) -> HttpResponse:
    thread = {"thread": str(message.thread_root)} if message.thread_root else {}
    return SeeOther(seat.path("conversation", conversation_id, mark=f"m{message.seq}", **thread))
