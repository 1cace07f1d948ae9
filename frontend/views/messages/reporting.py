"""Telling the stewards of a message, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.reporting import ReportForm
from frontend.forms.messages.words import too_fast_words
from frontend.views.account.answers import UNPROCESSABLE
from frontend.views.errors import bad_request
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.shown import with_time
from messaging.actions.reporting import report_messages
from messaging.queries.events import MessageRow
from messaging.queries.inbox import conversation_for
from messaging.queries.reports import messages_to_report, reports_of
from network.permissions import Permission
from network.queries.stewarding import has_steward_outside

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@messages_page(Permission.MESSAGE_READ, is_counted=True)
def report(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """The form: which messages are copied for the stewards, and why."""
    try:
        chosen = UUID(request.GET["message"]) if request.GET.get("message") else None
    except ValueError:
        return bad_request(request)
    row = conversation_for(seat.actor, conversation_id)
    offered = messages_to_report(seat.actor, conversation_id=conversation_id, message_id=chosen)
    form = ReportForm(request.POST or None, offered=offered, ticked=_ticked(offered, chosen))
    is_too_fast = request.method == "POST" and _too_fast(seat, form)
    if request.method == "POST" and form.is_valid() and not is_too_fast:
        try:
            _send(seat, conversation_id, form)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The stewards have it. The group is not told."))
            return SeeOther(seat.path("reports"))
    groups = {one.organization_id for one in offered if one.organization_id is not None}
    context: dict[str, Any] = {
        **of(seat),
        "row": row,
        "form": form,
        "offered": offered,
        "is_read": has_steward_outside(seat.desk.organization.pk, *groups),
    }
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    answer = render(request, "frontend/messages/report.html", context, status=status)
    if is_too_fast and seat.taken is not None:
        return with_time(answer, seat.taken.reset_seconds)
    return answer


@require_safe
@messages_page(Permission.MESSAGE_READ)
def reports(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the group has reported, and what came of each."""
    context = {**of(seat), "part": "contacts", "reports": reports_of(seat.actor)[:SHOWN]}
    return render(request, "frontend/messages/reports.html", context)


def _send(seat: Seat, conversation_id: UUID, form: ReportForm) -> None:
    values = form.cleaned_data
    report_messages(
        seat.actor,
        conversation_id=conversation_id,
        client_id=values["client_id"],
        messages=values["messages"],
        kind=values["kind"],
        note=values["note"],
        has_looked=form.has_looked,
    )


def _ticked(offered: list[MessageRow], chosen: UUID | None) -> list[UUID]:
    """The message from which somebody came; the only one there is."""
    if chosen is not None:
        return [chosen]
    return [one.id for one in offered] if len(offered) == 1 else []


def _too_fast(seat: Seat, form: ReportForm) -> bool:
    if seat.taken is None or seat.taken.allowed:
        return False
    form.add_error(None, too_fast_words(seat.taken.reset_seconds))
    return True
