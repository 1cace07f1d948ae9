"""What came to a conversation since a page was made: lines for the script that puts them there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.views.errors import bad_request
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.reading import id_in, number_in
from frontend.views.messages.shown import told_lines
from messaging.models import Event
from messaging.queries.happenings import happenings
from messaging.queries.inbox import InboxRow, conversation_for
from messaging.queries.since import messages_since
from network.permissions import Permission

SHOWN = 100


@require_safe
@messages_page(Permission.MESSAGE_READ)
def lines(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """Lines after a number, and earlier messages that changed since: part of a page.

    The same as the page would show, made of the same templates. Nothing counts as read by it.
    """
    try:
        after = number_in(request.GET.get("after", "")) or 0
        thread = id_in(request.GET.get("thread", ""))
    except ValueError:
        return bad_request(request)
    row = conversation_for(seat.actor, conversation_id)
    context = {"desk": seat.desk, "seat": seat, "row": row, "thread": thread}
    context |= _since(seat, row, after, thread)
    return render(request, "frontend/messages/lines.html", context)


def _since(seat: Seat, row: InboxRow, after: int, thread: UUID | None) -> dict[str, object]:
    found = messages_since(
        seat.actor, conversation_id=row.id, after=after, thread_root=thread, limit=SHOWN
    )
    facts: list[Event] = []
    if thread is None and row.last_seq > after:
        facts = happenings(seat.actor, conversation_id=row.id, after=after, through=None)
    # Together: what is answered may be among those that changed by it.
    told = told_lines(seat, row, [*found.changed, *found.new], facts)
    earlier = {one.id for one in found.changed}
    changed = [one for one in told if one.message is not None and one.message.id in earlier]
    begin = told.index(changed[-1]) + 1 if changed else 0
    return {"changed": changed, "lines": told[begin:], "is_more": found.is_more}
