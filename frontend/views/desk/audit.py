"""The audit log, page by page."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.queries.cursor import BadCursorError, Cursor, decode_cursor, page_in_order
from directory.queries.orders import Order, moment
from frontend.desk.audit_words import lines_of, title_of
from frontend.desk.page import Desk, desk_page
from frontend.forms.desk.members import AuditForm
from network.permissions import Permission
from network.queries.audit import audit_of, verbs_of
from network.queries.members import names_of

ORDER = Order("audit", ("created_at", "id"), moment, UUID, is_descending=True)
PAGE_SIZE = 50
BAD_REQUEST = 400


@require_safe
@desk_page(Permission.AUDIT_READ)
def audit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who did what and when, newest first; of one kind or one person on request."""
    verbs = [(verb, title_of(verb)) for verb in verbs_of(desk.actor)]
    people = sorted(
        ((str(person), name) for person, name in names_of(desk.actor).items()),
        key=lambda choice: choice[1].casefold(),
    )
    form = AuditForm(request.GET, verbs=verbs, people=people)
    context: dict[str, object] = {"desk": desk, "part": "audit", "form": form}
    template = "frontend/desk/members/audit.html"
    if not form.is_valid():
        return render(request, template, {**context, "lines": []}, status=BAD_REQUEST)
    person = form.cleaned_data["person"]
    entries = audit_of(
        desk.actor,
        verb=form.cleaned_data["verb"],
        person_id=UUID(person) if person else None,
    )
    try:
        page = page_in_order(entries, ORDER, cursor_of(request), PAGE_SIZE)
    except BadCursorError:
        context["is_bad_cursor"] = True
        return render(request, template, {**context, "lines": []}, status=BAD_REQUEST)
    context["lines"] = lines_of(desk.actor, page.rows, ZoneInfo(desk.person.time_zone))
    context["newer"], context["older"] = (
        address_of_page(request, cursor) for cursor in (page.previous, page.next)
    )
    return render(request, template, context)


def address_of_page(request: HttpRequest, cursor: str) -> str:
    """The address of another page of the same choice; nothing for no cursor."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}" if cursor else ""


def cursor_of(request: HttpRequest) -> Cursor | None:
    """The place in the log at which the page begins; nothing for the newest."""
    text = request.GET.get("cursor", "")
    return decode_cursor(text, ORDER.kind) if text else None
