"""Attaching a translation to a message, and taking one's own back."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.messages.translating import TranslationForm
from frontend.views.messages.changing import DELETED
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.shown import back_at, page_about, send_form
from messaging.actions.sending import delete_message, translate_message
from messaging.enums import SeenState
from messaging.errors import ConversationClosed
from messaging.queries.events import MessageRow, message_for, translation_for
from messaging.queries.inbox import conversation_for
from network.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def translate(
    request: HttpRequest, seat: Seat, conversation_id: UUID, message_id: UUID
) -> HttpResponse:
    """The form below the original; with what one translated before in the same language."""
    row = conversation_for(seat.actor, conversation_id)
    if row.state != SeenState.OPEN:
        raise ConversationClosed("left" if row.state == SeenState.LEFT else "requested")
    message = message_for(seat.actor, conversation_id=conversation_id, message_id=message_id)
    if message.is_deleted:
        raise Http404
    form = TranslationForm(**send_form(seat, request.POST or None, initial=_begun(seat, message)))
    return page_about(
        request,
        seat,
        row,
        message,
        form,
        template="frontend/messages/translate.html",
        verb=translate_message,
    )


@require_POST
@messages_page(Permission.MESSAGE_WRITE)
def take_back(
    request: HttpRequest, seat: Seat, conversation_id: UUID, translation_id: UUID
) -> HttpResponse:
    """Take one's own translation back; sent twice it is done once."""
    found = translation_for(
        seat.actor, conversation_id=conversation_id, translation_id=translation_id
    )
    delete_message(
        seat.actor,
        conversation_id=conversation_id,
        client_id=uuid.uuid5(DELETED, str(translation_id)),
        target=translation_id,
    )
    message = message_for(seat.actor, conversation_id=conversation_id, message_id=found)
    return back_at(seat, message)


def _begun(seat: Seat, message: MessageRow) -> dict[str, str]:
    """The form begins with one's own last translation, else with the language one speaks."""
    own = [one for one in message.translations if one.is_mine]
    if own:
        return {"body": own[-1].body, "language": own[-1].language}
    spoken = seat.desk.person.language
    return {"language": "" if spoken == message.language else spoken}
