"""Attaching a translation to a message, and taking one's own back."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.translating import TranslationForm
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.messages.changing import DELETED
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.shown import send_form, too_fast, with_time
from messaging.actions.sending import delete_message, translate_message
from messaging.enums import SeenState
from messaging.errors import ConversationClosed
from messaging.queries.events import MessageRow, message_for, translation_for
from messaging.queries.inbox import conversation_for
from messaging.queries.readers import readers_of
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
    is_too_fast = request.method == "POST" and too_fast(seat, form)
    if request.method == "POST" and form.is_valid() and not is_too_fast:
        try:
            translate_message(
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
    answer = render(request, "frontend/messages/translate.html", context, status=status)
    if is_too_fast and seat.taken is not None:
        return with_time(answer, seat.taken.reset_seconds)
    return answer


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
    return _back(seat, conversation_id, message)


def _begun(seat: Seat, message: MessageRow) -> dict[str, str]:
    """The form begins with one's own last translation, else with the language one speaks."""
    own = [one for one in message.translations if one.is_mine]
    if own:
        return {"body": own[-1].body, "language": own[-1].language}
    spoken = seat.desk.person.language
    return {"language": "" if spoken == message.language else spoken}


def _back(seat: Seat, conversation_id: UUID, message: MessageRow) -> HttpResponse:
    thread = {"thread": str(message.thread_root)} if message.thread_root else {}
    return SeeOther(seat.path("conversation", conversation_id, mark=f"m{message.seq}", **thread))
