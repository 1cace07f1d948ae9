"""A conversation as a page shows it, read in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from frontend.desk.message_files import SentFiles
from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.words import closed_words, too_fast_words
from frontend.forms.messages.writing import MessageForm, ReplyForm
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.messages.inbox import of
from frontend.views.messages.lines import Line, lines_of
from frontend.views.messages.page import Seat
from messaging.enums import SeenState
from messaging.errors import ConversationClosed
from messaging.models import Event
from messaging.queries.attachments import attachments_of
from messaging.queries.events import MessageRow, messages_before, queued_events
from messaging.queries.handles import people_behind
from messaging.queries.happenings import happenings, party_names
from messaging.queries.inbox import InboxRow, conversation_for
from messaging.queries.readers import readers_of
from network.queries.members import names_of

SHOWN = 40


def conversation_page(
    request: HttpRequest,
    seat: Seat,
    row: InboxRow,
    form: MessageForm | None,
    *,
    before: int | None = None,
    thread: UUID | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The conversation, or one thread of it, with the box to write in where one may.

    Raises:
        Http404: the thread is not there.
    """
    context = {**of(seat), "row": row, "form": form, "thread": thread, **more}
    context["has_files"] = form is not None and form.is_multipart()
    context |= _read(seat, row, before, thread)
    if row.state in (SeenState.OPEN, SeenState.REQUESTED):
        context["readers"] = readers_of(seat.actor, row.id)
    return render(request, "frontend/messages/conversation.html", context, status=status)


def _read(seat: Seat, row: InboxRow, before: int | None, thread: UUID | None) -> dict[str, object]:
    """What was said and what happened on one page of it."""
    actor = seat.actor
    found = messages_before(
        actor, conversation_id=row.id, before=before, thread_root=thread, limit=SHOWN + 1
    )
    if thread is not None and not found:
        raise Http404
    is_more = len(found) > SHOWN
    page = found[-SHOWN:]
    facts: list[Event] = []
    if thread is None:
        begin = (page[0].seq or 1) - 1 if is_more else 0
        end = None if before is None else before - 1
        facts = happenings(actor, conversation_id=row.id, after=begin, through=end)
    seqs = [*(one.seq or 0 for one in page), *(one.seq or 0 for one in facts)]
    newest = max(seqs, default=0) if before is not None or thread else row.last_seq
    lines = told_lines(seat, row, page, facts)
    query = {"thread": str(thread)} if thread else {}
    older = str(page[0].seq) if is_more and page else ""
    return {
        "lines": lines,
        "newest": newest,
        "is_behind": before is not None,
        "older": seat.path("conversation", row.id, **query, before=older) if older else "",
        "queued": queued_events(actor, conversation_id=row.id) if row.home else [],
        "root": next((one for one in page if one.id == thread), None) if thread else None,
    }


def told_lines(
    seat: Seat, row: InboxRow, page: list[MessageRow], facts: list[Event]
) -> list[Line]:
    """Messages and what happened as lines of a page, with their files and who wrote them."""
    actor = seat.actor
    return lines_of(
        page,
        facts,
        files=attachments_of(actor, [one.id for one in page if one.files]),
        parties=party_names(actor, row.id) if facts else {},
        colleagues=_colleagues(seat, row),
        zone=seat.desk.person.time_zone,
        read_seq=row.read_seq,
        is_of_groups=row.kind.is_of_organizations,
    )


def _colleagues(seat: Seat, row: InboxRow) -> dict[object, str]:
    """What people of the same group are called, by handle: they know each other."""
    people = people_behind(seat.actor, row.id)
    names = names_of(seat.actor) if people else {}
    return {
        handle: names.get(person, "")
        for handle, person in people.items()
        if handle != row.my_handle_id
    }


def send_form(seat: Seat, data: Any = None, **kwargs: Any) -> dict[str, Any]:
    """What a form of a message begins with: the writer's own language first."""
    spoken = seat.desk.person.language
    return {"data": data, "languages": [spoken, *seat.desk.organization.languages], **kwargs}


def writing_page(
    request: HttpRequest,
    seat: Seat,
    row: InboxRow,
    form: MessageForm,
    *,
    template: str,
    send: Callable[[], HttpResponse],
    **more: object,
) -> HttpResponse:
    """A page on which something is written in a conversation; where `send` leads once it is sent.

    422 with the form where it cannot be sent, 429 where it is too much at once.
    """
    is_too_fast = request.method == "POST" and too_fast(seat, form)
    if request.method == "POST" and form.is_valid() and not is_too_fast:
        try:
            return send()
        except ValidationError as error:
            form.take_errors(by_field(error))
    context = {**of(seat), "row": row, "form": form, **more}
    context["readers"] = readers_of(seat.actor, row.id)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    answer = render(request, template, context, status=status)
    if is_too_fast and seat.taken is not None:
        return with_time(answer, seat.taken.reset_seconds)
    return answer


def page_about(
    request: HttpRequest,
    seat: Seat,
    row: InboxRow,
    message: MessageRow,
    form: MessageForm,
    *,
    template: str,
    verb: Callable[..., object],
) -> HttpResponse:
    """The same about one message, to which it leads back.

    `verb` is one of `messaging.actions.sending` with a `target`.
    """

    def send() -> HttpResponse:
        verb(
            seat.actor,
            conversation_id=row.id,
            client_id=form.send_id,
            target=message.id,
            body=form.cleaned_data["body"],
            language=form.cleaned_data["language"],
        )
        return back_at(seat, message)

    return writing_page(request, seat, row, form, template=template, send=send, message=message)


def back_at(seat: Seat, message: MessageRow) -> HttpResponse:
    """To a message where it stands: in its thread, if it answers something."""
    thread = {"thread": str(message.thread_root)} if message.thread_root else {}
    mark = f"m{message.seq}"
    return SeeOther(seat.path("conversation", message.conversation_id, mark=mark, **thread))


def dropped_form(seat: Seat, row: InboxRow) -> ReplyForm:
    """The box to write in after the server has dropped what was sent, because it was too long."""
    error = ValidationError(
        _("Choose files of at most 5 MB together. What you sent was too long and was not read: "
          "your text stands where you wrote it, one page back in your browser."),
        code="long",
    )  # fmt: skip
    data = {"client_id": uuid4(), "seen": row.last_seq, "language": seat.desk.person.language}
    form = ReplyForm(**send_form(seat, data), sent=SentFiles(error=error))
    form.full_clean()
    return form


def refused_page(
    request: HttpRequest,
    seat: Seat,
    conversation_id: UUID,
    form: MessageForm,
    closed: ConversationClosed,
    thread: UUID | None = None,
) -> HttpResponse:
    """409: nothing can be written any more, with the text that somebody has written."""
    row = conversation_for(seat.actor, conversation_id)
    return conversation_page(
        request,
        seat,
        row,
        form,
        thread=thread,
        status=HTTPStatus.CONFLICT,
        refusal=closed_words(closed),
    )


def with_time(answer: HttpResponse, seconds: int) -> HttpResponse:
    """429, and in the header too when to try again."""
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    answer.headers["Retry-After"] = str(seconds)
    return answer


def too_fast(seat: Seat, form: MessageForm) -> bool:
    """Whether this is too much at once; the form says when to send it again."""
    if seat.taken is None or seat.taken.allowed:
        return False
    form.add_error(None, too_fast_words(seat.taken.reset_seconds))
    return True
