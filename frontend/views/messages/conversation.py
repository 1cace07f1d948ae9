"""Reading a conversation, and writing to it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.sent_files import TOO_LARGE
from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.writing import MessageForm, ReplyForm, TopicForm
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.errors import bad_request
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.reading import id_in, number_in
from frontend.views.messages.shown import (
    conversation_page,
    dropped_form,
    refused_page,
    send_form,
    too_fast,
    with_time,
    writing_page,
)
from frontend.views.messages.told import closed_data, is_script, refused_data, sent_data
from messaging.actions.adding import writing_in
from messaging.actions.attaching import FIELD
from messaging.actions.reading import mark_read
from messaging.actions.sending import Sent, send_message
from messaging.enums import EventKind, SeenState
from messaging.errors import ConversationClosed
from messaging.queries.inbox import conversation_for
from network.permissions import Permission
from network.uploads.inspecting import refusal

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@messages_page(Permission.MESSAGE_READ, is_counted=True, takes_files=True)
def conversation(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """The conversation; looking at it changes nothing, writing counts as having read."""
    if request.method == "POST":
        return _send(request, seat, conversation_id)
    try:
        before = number_in(request.GET.get("before", ""))
        thread = id_in(request.GET.get("thread", ""))
    except ValueError:
        return bad_request(request)
    row = conversation_for(seat.actor, conversation_id)
    form = None
    if row.state == SeenState.OPEN and before is None:
        form = ReplyForm(**send_form(seat, initial={"seen": row.last_seq, "thread": thread}))
        if TOO_LARGE in request.GET:
            form = dropped_form(seat, row)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if form and form.errors else HTTPStatus.OK
    return conversation_page(request, seat, row, form, before=before, thread=thread, status=status)


def _send(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """Send what was written, or the page again with the text and what is wrong with it.

    A script is told the same in a few words of data.
    """
    form = ReplyForm(**send_form(seat, request.POST), sent=seat.sent)
    is_valid = form.is_valid()
    thread = form.cleaned_data.get("thread")
    is_too_fast = too_fast(seat, form)
    if is_valid and not is_too_fast:
        try:
            sent = _sent(seat, conversation_id, form, thread)
        except ValidationError as error:
            form.take_errors(by_field(error))
        except ConversationClosed as closed:
            return _closed(request, seat, conversation_id, form, closed)
        else:
            told = is_script(request)
            return sent_data(sent) if told else SeeOther(_shown_at(seat, sent, thread))
    row = conversation_for(seat.actor, conversation_id)
    wait = max(seat.taken.reset_seconds, 1) if is_too_fast and seat.taken is not None else 0
    if is_script(request):
        return refused_data(form, wait)
    try:
        answer = conversation_page(request, seat, row, form, thread=thread, status=UNPROCESSABLE)
    except Http404:
        answer = conversation_page(request, seat, row, form, status=UNPROCESSABLE)
    return with_time(answer, wait) if wait else answer


def _closed(
    request: HttpRequest,
    seat: Seat,
    conversation_id: UUID,
    form: ReplyForm,
    closed: ConversationClosed,
) -> HttpResponse:
    """Why nothing can be written now; what is answered is shown where it is there still."""
    if is_script(request):
        return closed_data(closed)
    thread = None if closed.code == "target" else form.cleaned_data.get("thread")
    return refused_page(request, seat, conversation_id, form, closed, thread)


def _sent(
    seat: Seat,
    conversation_id: UUID,
    form: MessageForm,
    thread: UUID | None = None,
    kind: EventKind = EventKind.MESSAGE,
) -> Sent:
    """What came of sending it, and of having read up to what the page showed."""
    values = form.cleaned_data
    if seat.sent.is_unread:
        writing_in(seat.actor, conversation_id)  # why they were not looked at, as a rule
        raise ValidationError({FIELD: refusal("busy")})
    sent = send_message(
        seat.actor,
        conversation_id=conversation_id,
        client_id=form.send_id,
        body=values["body"],
        language=values["language"],
        thread_root=thread,
        kind=kind,
        files=seat.sent.files,
    )
    if values.get("seen"):
        mark_read(seat.actor, conversation_id=conversation_id, seq=values["seen"])
    return sent


def _shown_at(seat: Seat, sent: Sent, thread: UUID | None) -> str:
    query = {"thread": str(thread)} if thread else {}
    mark = f"m{sent.seq}" if sent.seq else "waiting"
    return seat.path("conversation", sent.conversation_id, mark=mark, **query)


@require_POST
@messages_page(Permission.MESSAGE_READ)
def read(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """Read until here: the one way besides writing by which messages become read."""
    try:
        seq = number_in(request.POST.get("seq", ""))
    except ValueError:
        return bad_request(request)
    mark_read(seat.actor, conversation_id=conversation_id, seq=seq or 0)
    return SeeOther(seat.path("inbox"))


@require_http_methods(METHODS)
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def topic(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """The form of a new topic, to which others reply."""
    row = conversation_for(seat.actor, conversation_id)
    if row.state != SeenState.OPEN:
        raise ConversationClosed("left" if row.state == SeenState.LEFT else "requested")
    form = TopicForm(**send_form(seat, request.POST or None))

    def send() -> HttpResponse:
        sent = _sent(seat, conversation_id, form, kind=EventKind.TOPIC)
        return SeeOther(seat.path("conversation", conversation_id, thread=str(sent.id)))

    return writing_page(
        request, seat, row, form, template="frontend/messages/topic.html", send=send
    )
