"""Messages that were reported: the copies, and a decision. Nothing else of a conversation."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.steward import DecideMessagesForm
from messaging.actions.deciding import DecidedMeanwhile, decide_message_report
from messaging.enums import ReportState
from messaging.queries.reports import words_decided, words_for, words_waiting
from network.permissions import Permission

MOST = 50


@steward_page(Permission.REPORT_DECIDE)
def message_reports(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """What waits, the oldest first, and what was decided; nothing of the reader's own groups."""
    context = {
        "part": "messages",
        "waiting": words_waiting(stewarding.actor)[:MOST],
        "decided": words_decided(stewarding.actor)[:MOST],
    }
    return render(request, "frontend/steward/message_reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.REPORT_DECIDE)
def message_report(request: HttpRequest, stewarding: Stewarding, report_id: UUID) -> HttpResponse:
    """The copies of one report, with the answers to it."""
    form = DecideMessagesForm(
        request.POST or None, initial={"decision": ReportState.DISMISSED.value}
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                decide_message_report(
                    stewarding.actor,
                    report_id=report_id,
                    decision=form.cleaned_data["decision"],
                    reason=form.cleaned_data["reason"],
                    has_looked=form.has_looked,
                )
            except DecidedMeanwhile:
                status = HTTPStatus.CONFLICT
            except ValidationError as error:
                form.refuse(error)
            else:
                messages.success(request, _("It is decided."))
                return SeeOther(reverse("steward:message_reports"))
    found = words_for(stewarding.actor).get(report_id=report_id)
    context = {
        "part": "messages",
        "words": found,
        "report": found.report,
        "copies": [_shown(one) for one in found.copies],
        "is_open": found.report.state == ReportState.WAITING,
        "is_meanwhile": status == HTTPStatus.CONFLICT,
        "form": form,
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/message_report.html", context, status=status)


def _shown(copy: dict[str, Any]) -> dict[str, Any]:
    return {**copy, "said_at": dt.datetime.fromisoformat(copy["said_at"])}
