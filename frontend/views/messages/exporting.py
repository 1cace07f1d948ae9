"""Taking a conversation along: to read it, or for a program."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.desk.sent_files import attachment
from frontend.desk.signed_in import SeeOther
from frontend.views.errors import bad_request
from frontend.views.messages.page import Seat, messages_page
from messaging.actions.exporting import begin_export
from messaging.queries.exporting import export_messages, export_rows
from messaging.queries.inbox import InboxRow
from network.permissions import Permission
from network.serialization import json_bytes
from network.streams import WAIT_SECONDS, AllTakenError, Place, in_parts

# Where the messages stand in the page; what people write is escaped and never reads so.
HERE = "<!-- messages -->"
FORMS = {"html": "text/html; charset=utf-8", "jsonl": "application/jsonl"}


@require_POST
@messages_page(Permission.MESSAGE_READ)
def export(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponseBase:
    """The conversation as a file: a page to read, or lines of JSON; made while it is sent."""
    form = request.POST.get("form", "")
    if form not in FORMS:
        return bad_request(request)
    try:
        place = Place()
    except AllTakenError:
        messages.error(request, _("Too many files are being made. Try again in a moment."))
        answer = SeeOther(seat.path("settings", conversation_id))
        answer.headers["Retry-After"] = str(WAIT_SECONDS)
        return answer
    try:
        row = begin_export(seat.actor, conversation_id=conversation_id)
    except BaseException:
        place.close()
        raise
    parts = _page(seat, row, _language()) if form == "html" else _lines(seat, row)
    sent = in_parts(request, parts, place, FORMS[form])
    name = f"conversation-{timezone.localdate()}.{form}"
    return attachment(sent, FORMS[form], name)


def _lines(seat: Seat, row: InboxRow) -> Iterator[bytes]:
    for rows in export_rows(seat.actor, row):
        yield b"".join(json_bytes(one) + b"\n" for one in rows)


def _language() -> tuple[str, str]:
    """The language of the page, and the way it runs; asked before anything is sent."""
    return get_language() or "en", "rtl" if get_language_bidi() else "ltr"


def _page(seat: Seat, row: InboxRow, spoken: tuple[str, str]) -> Iterator[bytes]:
    """One page that needs nothing else: no style, no script, no picture."""
    language, turned = spoken
    context = {
        "row": row,
        "zone": seat.desk.person.time_zone,
        "now": timezone.now(),
        "page_language": language,
        "page_dir": turned,
    }
    with override(language):
        page = render_to_string("frontend/messages/export/page.html", context)
    head, end = page.split(HERE)
    yield head.encode()
    for found in export_messages(seat.actor, row):
        with override(language):
            context["found"] = found
            yield render_to_string("frontend/messages/export/messages.html", context).encode()
    yield end.encode()
