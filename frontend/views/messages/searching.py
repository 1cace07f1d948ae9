"""Searching what one may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.forms.messages.searching import MessageSearchForm
from frontend.views.account.answers import UNPROCESSABLE
from frontend.views.errors import bad_request
from frontend.views.messages.inbox import mark_of, of, place_of
from frontend.views.messages.page import Seat, messages_page
from messaging.finding import Piece, asked_words, excerpt
from messaging.models import Event
from messaging.queries.events import MessageRow, as_they_stand
from messaging.queries.inbox import InboxRow, conversation_for, inbox_page, inbox_parts, inbox_rows
from messaging.queries.search import messages_with
from network.permissions import Permission

SHOWN = 25
# So many events after the one that was found stand on the page to which it leads.
AFTERWARDS = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found: where, when, the part with the words, and its place."""

    message: MessageRow
    conversation: InboxRow
    day: dt.date
    pieces: tuple[Piece, ...]
    address: str


@require_safe
@messages_page(Permission.MESSAGE_READ)
def search(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The messages that hold the words, the newest first; in one conversation where it is named.

    Raises:
        Conversation.DoesNotExist: missing, or the person has no part in it; 404.
    """
    form = MessageSearchForm(request.GET)
    try:
        before = place_of(request.GET.get("before", ""))
    except ValueError:
        return bad_request(request)
    is_valid = form.is_valid()
    if "conversation" in form.errors:
        return bad_request(request)
    only = form.cleaned_data.get("conversation")
    words = form.cleaned_data.get("q", "") if is_valid else ""
    context = {**of(seat), "form": form, "words": words, "part": "search"}
    context["row"] = conversation_for(seat.actor, only) if only else None
    context |= _found(seat, words, only, before)
    status = 200 if is_valid else UNPROCESSABLE
    return render(request, "frontend/messages/search.html", context, status=status)


def _found(
    seat: Seat, words: str, only: UUID | None, before: tuple[dt.datetime, UUID] | None
) -> dict[str, object]:
    """A page of what was found, and the addresses of the pages beside it."""
    asked = asked_words(words)
    found = messages_with(seat.actor, asked, conversation_id=only)
    rows = found.rows
    if before is not None:
        moment, key = before
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=key))
    events = list(rows.order_by("-created_at", "-id")[: SHOWN + 1]) if asked else []
    query = {"q": words, **({"conversation": str(only)} if only else {})}
    older = mark_of(events[SHOWN - 1].created_at, events[SHOWN - 1].pk) if events[SHOWN:] else ""
    return {
        "hits": _hits(seat, events[:SHOWN], asked),
        "is_first": before is None,
        "is_blank": not asked,
        "is_too_many": found.is_too_many,
        "newest": seat.path("search", **query) if before is not None else "",
        "older": seat.path("search", **query, before=older) if older else "",
        "everywhere": seat.path("search", q=words) if only else "",
    }


def _hits(seat: Seat, events: Sequence[Event], asked: Sequence[str]) -> list[Hit]:
    """What the page says of each. Four queries at any number, none for none."""
    if not events:
        return []
    parts = inbox_parts(seat.actor).filter(
        conversation_id__in={one.conversation_id for one in events}
    )
    talks = {row.id: row for row in inbox_rows(inbox_page(parts))}
    zone = ZoneInfo(seat.desk.person.time_zone)
    return [
        Hit(
            message=one,
            conversation=talks[one.conversation_id],
            day=one.created_at.astimezone(zone).date(),
            pieces=excerpt(one.body, asked),
            address=_address(seat, one, talks[one.conversation_id]),
        )
        for one in as_they_stand(seat.actor, events)
    ]


def _address(seat: Seat, message: MessageRow, conversation: InboxRow) -> str:
    """The page of the conversation on which the message stands, at its place."""
    seq = message.seq or 0
    beyond = seq + AFTERWARDS
    query = {} if beyond > conversation.last_seq else {"before": str(beyond)}
    return seat.path("conversation", conversation.id, mark=f"m{seq}", **query)
