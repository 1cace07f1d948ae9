"""A person's conversations for one group, and what they were asked to."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.views.errors import bad_request
from frontend.views.messages.page import Seat, messages_page
from messaging.queries.contacts import takes_requests
from messaging.queries.inbox import InboxRow, Shelf, asked_total, unread_totals
from messaging.queries.inbox import inbox as conversations_of
from network.enums import OrganizationStatus
from network.permissions import Permission

SHOWN = 25
ASKED_SHOWN = 50
SHELVES = {
    "": Shelf.TALKS,
    "unread": Shelf.UNREAD,
    "muted": Shelf.MUTED,
    "over": Shelf.OVER,
}


@require_safe
@messages_page(Permission.MESSAGE_READ)
def inbox(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The conversations in which one takes part, the one with the newest event first."""
    show = request.GET.get("show", "")
    try:
        shelf, before = SHELVES[show], place_of(request.GET.get("before", ""))
    except (KeyError, ValueError):
        return bad_request(request)
    rows = conversations_of(seat.actor, limit=SHOWN + 1, before=before, shelf=shelf)
    page = rows[:SHOWN]
    query = {"show": show} if show else {}
    context = {
        **of(seat),
        "rows": page,
        "show": show,
        "asked": asked_total(seat.actor),
        "is_first": before is None,
        "newest": seat.path("inbox", **query) if before is not None else "",
        "older": _older(seat, query, page[-1]) if len(rows) > SHOWN else "",
    }
    return render(request, "frontend/messages/inbox.html", context)


@require_safe
@messages_page(Permission.MESSAGE_READ)
def requests(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What one was asked to, and what one's own group asked and nobody has answered."""
    context = {
        **of(seat),
        "part": "requests",
        "asked": conversations_of(seat.actor, limit=ASKED_SHOWN, shelf=Shelf.ASKED),
        "waiting": conversations_of(seat.actor, limit=ASKED_SHOWN, shelf=Shelf.WAITING),
        "takes": takes_requests(seat.actor),
    }
    return render(request, "frontend/messages/requests.html", context)


def of(seat: Seat) -> dict[str, object]:
    """What every page of messages is given. One query: what waits is told in the title, too."""
    is_verified = seat.desk.organization.status == OrganizationStatus.VERIFIED
    unread, mentioning = unread_totals(seat.actor)
    return {
        "desk": seat.desk,
        "seat": seat,
        "part": "inbox",
        "is_verified": is_verified,
        "unread": unread,
        "mentioning": mentioning,
    }


def _older(seat: Seat, query: dict[str, str], last: InboxRow) -> str:
    return seat.path("inbox", **query, before=mark_of(last.updated_at, last.id))


def mark_of(moment: dt.datetime, key: UUID) -> str:
    """Where the next page of a list begins: the moment of its last row in microseconds, its id."""
    return f"{(moment - _BEGIN) // dt.timedelta(microseconds=1)}-{key}"


_BEGIN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def place_of(mark: str) -> tuple[dt.datetime, UUID] | None:
    """The same read again; nothing for nothing.

    Raises:
        ValueError: it is no such mark.
    """
    if not mark:
        return None
    number, _hyphen, key = mark.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 17:
        raise ValueError(mark)
    return _BEGIN + dt.timedelta(microseconds=int(number)), UUID(key)
