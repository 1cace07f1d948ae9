"""What stewards did, newest first."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.queries.cursor import BadCursorError, page_in_order
from frontend.desk.audit_words import title_of
from frontend.desk.steward import Stewarding, steward_page
from frontend.views.desk.audit import BAD_REQUEST, ORDER, PAGE_SIZE, address_of_page, cursor_of
from network.permissions import Permission
from network.queries.stewarding import log_of_stewards


@require_safe
@steward_page(Permission.APPLICATION_DECIDE)
def log(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """The node's own log of what stewards decided; by whom is a number, and "you"."""
    context: dict[str, object] = {"part": "log", "person": stewarding.person}
    template = "frontend/steward/log.html"
    try:
        page = page_in_order(
            log_of_stewards(stewarding.actor), ORDER, cursor_of(request), PAGE_SIZE
        )
    except BadCursorError:
        context["is_bad_cursor"] = True
        return render(request, template, context, status=BAD_REQUEST)
    zone = ZoneInfo(stewarding.person.time_zone)
    context["lines"] = [
        {
            "at": one.created_at.astimezone(zone),
            "is_own": one.person_id == stewarding.person.pk,
            "sentence": title_of(one.verb),
        }
        for one in page.rows
    ]
    context["newer"], context["older"] = (
        address_of_page(request, cursor) for cursor in (page.previous, page.next)
    )
    return render(request, template, context)
