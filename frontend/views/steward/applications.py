"""Applications: the queue, and one screen to decide."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.deciding import DecidedMeanwhile, approve, ask_back, refuse
from directory.actions.deciding.common import ConflictOfInterest
from directory.enums import ApplicationState
from directory.models import Application
from directory.queries.deciding import (
    applications_asked,
    applications_decided,
    applications_waiting,
    conflicts_of,
    dossier_of,
    waits_days,
)
from frontend.desk.application_words import answer_lines, vouch_reasons
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.account.forms import PlainForm
from frontend.forms.steward import ApproveForm, AskForm, RefuseForm
from network.permissions import Permission
from network.queries.stewarding import FEW

_PAGE = "frontend/steward/application.html"
_FORMS: dict[str, type[PlainForm]] = {"ask": AskForm, "approve": ApproveForm, "refuse": RefuseForm}
MOST = 50


@require_safe
@steward_page(Permission.APPLICATION_DECIDE)
def applications(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """What waits, what was sent back with a question, and what was decided lately."""
    actor = stewarding.actor
    waiting = list(applications_waiting(actor)[:MOST])
    context = {
        "part": "applications",
        "waiting": waiting,
        "conflicts": conflicts_of(actor, waiting),
        "asked": applications_asked(actor)[:MOST],
        "decided": applications_decided(actor)[:MOST],
    }
    return render(request, "frontend/steward/applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.APPLICATION_DECIDE)
def application(
    request: HttpRequest, stewarding: Stewarding, application_id: UUID
) -> HttpResponse:
    """Everything on one application, and the three answers to it."""
    found = (
        Application.objects.exclude(state=ApplicationState.DRAFT)
        .select_related("organization")
        .get(pk=application_id)
    )
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in _FORMS:
        return _page(request, stewarding, found)
    form = _FORMS[act](request.POST, prefix=act)
    if not form.is_valid():
        return _page(request, stewarding, found, {act: form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _ACTS[act](request, stewarding, found, form)
    except DecidedMeanwhile as meanwhile:
        return _page(request, stewarding, meanwhile.present, {}, HTTPStatus.CONFLICT)
    except ConflictOfInterest:
        return _page(request, stewarding, found, {}, HTTPStatus.FORBIDDEN)
    except ValidationError as error:
        form.refuse(error)
        return _page(request, stewarding, found, {act: form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return SeeOther(reverse("steward:applications"))


def _ask(request: HttpRequest, by: Stewarding, found: Application, form: PlainForm) -> None:
    question = form.cleaned_data["question"]
    ask_back(
        by.actor,
        application=found,
        base_version=_base(request),
        question=question,
        has_looked=form.has_looked,
    )
    messages.success(request, _("The question is sent. It comes back here with the answer."))


def _approve(request: HttpRequest, by: Stewarding, found: Application, form: PlainForm) -> None:
    reason = form.cleaned_data["public_reason"]
    done = approve(
        by.actor,
        application=found,
        base_version=_base(request),
        public_reason=reason,
        has_looked=form.has_looked,
    )
    words = {"group": done.organization.name}
    if done.state == ApplicationState.APPROVED:
        messages.success(request, _("%(group)s is approved, and its page is public.") % words)
    else:
        messages.success(
            request, _("Your approval of %(group)s is kept. A second steward must agree.") % words
        )


def _refuse(request: HttpRequest, by: Stewarding, found: Application, form: PlainForm) -> None:
    reason = form.cleaned_data["reason"]
    refuse(
        by.actor,
        application=found,
        base_version=_base(request),
        reason=reason,
        has_looked=form.has_looked,
    )
    messages.success(request, _("It is refused. The applicant reads the reason."))


_ACTS: dict[str, Callable[[HttpRequest, Stewarding, Application, PlainForm], None]] = {
    "ask": _ask,
    "approve": _approve,
    "refuse": _refuse,
}


def _base(request: HttpRequest) -> int:
    text = request.POST.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _page(
    request: HttpRequest,
    stewarding: Stewarding,
    found: Application,
    bound: dict[str, PlainForm] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    dossier = dossier_of(stewarding.actor, found)
    bound = bound or {}
    context = {
        "part": "applications",
        "application": found,
        "dossier": dossier,
        "days": waits_days(found),
        "answers": answer_lines(found),
        "vouches": [(one, vouch_reasons(one)) for one in dossier.vouches],
        "few": FEW,
        "is_own_first": found.decided_by == stewarding.person.pk,
        "is_waiting": found.state == ApplicationState.WAITING,
        "is_open": found.state in (ApplicationState.WAITING, ApplicationState.ASKED),
        "is_meanwhile": status == HTTPStatus.CONFLICT,
        "person": stewarding.person,
        **{f"{act}_form": bound.get(act) or kind(prefix=act) for act, kind in _FORMS.items()},
        "wrong": next(iter(bound.values()), None),
    }
    return render(request, _PAGE, context, status=status)
