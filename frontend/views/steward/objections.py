"""Objections to claims: the list, and one to decide."""

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

from directory.actions.deciding import dismiss_objection, uphold_objection
from directory.enums import ObjectionState
from directory.models import Application, Objection
from directory.queries.deciding import is_conflicted
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.account.forms import PlainForm
from frontend.forms.steward import ReasonForm, UpholdForm
from network.permissions import Permission, Refused

MOST = 50


@require_safe
@steward_page(Permission.REPORT_DECIDE)
def objections(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """What waits, the oldest first, and what was decided."""
    rows = Objection.objects.select_related("organization", "application")
    context = {
        "part": "objections",
        "waiting": rows.filter(state=ObjectionState.OPEN)[:MOST],
        "decided": rows.exclude(state=ObjectionState.OPEN).order_by("-decided_at")[:MOST],
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.REPORT_DECIDE)
def objection(request: HttpRequest, stewarding: Stewarding, objection_id: UUID) -> HttpResponse:
    """One objection beside the claim, with two answers."""
    found = Objection.objects.select_related("organization").get(pk=objection_id)
    application = Application.objects.select_related("organization").get(pk=found.application_id)
    forms: dict[str, PlainForm] = {
        "dismiss": ReasonForm(prefix="dismiss"),
        "uphold": UpholdForm(prefix="uphold"),
    }
    context = {
        "part": "objections",
        "objection": found,
        "application": application,
        "is_conflict": is_conflicted(stewarding.actor, application),
        "is_waiting": found.state == ObjectionState.OPEN,
        "person": stewarding.person,
    }
    act = request.POST.get("act", "")
    status = HTTPStatus.OK
    if request.method == "POST" and act in forms:
        form = forms[act] = type(forms[act])(request.POST, prefix=act)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                _decide(request, stewarding, found, act, form)
            except ValidationError as error:
                form.refuse(error)
            except Refused:
                status = HTTPStatus.FORBIDDEN
            else:
                return SeeOther(reverse("steward:objections"))
        context["wrong"] = form
    forms_by_name = {f"{name}_form": form for name, form in forms.items()}
    return render(
        request, "frontend/steward/objection.html", {**context, **forms_by_name}, status=status
    )


def _decide(
    request: HttpRequest, by: Stewarding, found: Objection, act: str, form: PlainForm
) -> None:
    reason = form.cleaned_data["reason"]
    if act == "dismiss":
        dismiss_objection(by.actor, objection=found, reason=reason, has_looked=form.has_looked)
        messages.success(request, _("It is dismissed. The claim stays as it is."))
        return
    uphold_objection(
        by.actor,
        objection=found,
        reason=reason,
        is_suspended=form.cleaned_data["suspend"],
        is_suppressed=form.cleaned_data["suppress"],
        has_looked=form.has_looked,
    )
    messages.success(request, _("It is upheld. The claim is undone, and both sides are told."))
