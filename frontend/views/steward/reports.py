"""Notes of the public on entries: the list, and one to decide."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.deciding import decide_report
from directory.actions.deciding.reports import listing_of
from directory.enums import ReportDecision, ReportKind
from directory.models import Facility, Report
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.steward import DecideReportForm
from network.permissions import Permission, Refused
from network.queries.stewarding import own_groups

MOST = 50


@require_safe
@steward_page(Permission.REPORT_DECIDE)
def reports(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """What waits, the oldest first, and what was decided."""
    context = {
        "part": "reports",
        "waiting": Report.objects.filter(decision="")[:MOST],
        "decided": Report.objects.exclude(decision="").order_by("-decided_at")[:MOST],
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.REPORT_DECIDE)
def report(request: HttpRequest, stewarding: Stewarding, report_id: UUID) -> HttpResponse:
    """One note beside its entry, with the answers to it."""
    found = Report.objects.get(pk=report_id)
    listing = listing_of(found)
    is_take_off = found.kind == ReportKind.TAKE_OFF and listing is not None
    initial = {"decision": ReportDecision.TAKEN_OFF if is_take_off else ReportDecision.NOTHING}
    form = DecideReportForm(request.POST or None, initial=initial)
    own = own_groups(stewarding.actor)
    is_conflict = listing is not None and listing.organization_id in own
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                decide_report(
                    stewarding.actor,
                    report=found,
                    decision=ReportDecision(form.cleaned_data["decision"]),
                    answer=form.cleaned_data["answer"],
                    has_looked=form.has_looked,
                )
            except ValidationError as error:
                form.refuse(error)
            except Refused:
                status = HTTPStatus.FORBIDDEN
            else:
                messages.success(request, _("It is decided."))
                return SeeOther(reverse("steward:reports"))
    context = {
        "part": "reports",
        "report": found,
        "listing": listing,
        "place": Facility.objects.filter(slug=found.slug).first() if listing is None else None,
        "is_conflict": is_conflict,
        "form": form,
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/report.html", context, status=status)
