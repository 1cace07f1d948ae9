"""The application of a group: where it stands, its answers, and what the group can do."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.applying import (
    StaleApplicationError,
    answer_stewards,
    edit_answers,
    submit_application,
    withdraw_application,
)
from directory.enums import ApplicationState
from directory.models import Application
from directory.queries.application_answers import missing_answers
from directory.queries.applications import ANSWER_WITHIN, application_of, notes_of, proofs_of
from directory.queries.vouches import independence, vouches_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.application import PARTS, TITLES, AnswersForm, NoteForm
from frontend.templatetags.atlas import status
from frontend.views.account.answers import form_page
from network.permissions import Permission

_STATUS = "frontend/desk/application/status.html"
_ANSWERS = "frontend/desk/application/answers.html"


@require_safe
@desk_page(Permission.APPLICATION_WRITE)
def application(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where it stands, step by step with dates, and what comes next."""
    return _status(request, desk, found_at(desk), NoteForm())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.APPLICATION_WRITE)
def answers(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """One part of the answers; a stale form is answered with both sides."""
    found = found_at(desk)
    if part not in PARTS:
        raise Http404
    form = AnswersForm(
        request.POST or None, application=found, part=part, base_version=found.version
    )
    context: dict[str, Any] = {"desk": desk, "part": "application", "title": TITLES[part]}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, _ANSWERS, form, **context)
    try:
        edit_answers(
            desk.actor,
            application=found,
            base_version=form.cleaned_data["base_version"],
            values=form.values(),
            has_looked=form.has_looked,
        )
    except StaleApplicationError as stale:
        sent = {**request.POST.dict(), "base_version": str(stale.present.version)}
        again = AnswersForm(
            sent, application=stale.present, part=part, base_version=stale.present.version
        )
        context["both"] = form.differing(stale.present)
        return form_page(request, _ANSWERS, again, HTTPStatus.CONFLICT, **context)
    except ValidationError as error:
        form.refuse(error)
        return form_page(request, _ANSWERS, form, **context)
    messages.success(request, _("Saved."))
    return _after(desk, part)


@require_POST
@desk_page(Permission.APPLICATION_WRITE)
def send(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send it to the stewards; what is missing is said."""
    found = found_at(desk)
    try:
        submit_application(desk.actor, application=found)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            return _status(request, desk, found, NoteForm(), is_refused=True)
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Sent. The stewards look at it within 7 days."))
    return back(desk)


@require_POST
@desk_page(Permission.APPLICATION_WRITE)
def note(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write to the stewards."""
    found = found_at(desk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            answer_stewards(
                desk.actor,
                application=found,
                body=form.cleaned_data["body"],
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.refuse(error)
    if form.errors:
        return _status(request, desk, found, form, is_refused=True)
    messages.success(request, _("Your answer is with the stewards."))
    return back(desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.APPLICATION_WRITE)
def withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take it back: one page that says what follows, one button."""
    found = found_at(desk)
    if request.method != "POST":
        context = {"desk": desk, "part": "application", "application": found}
        return render(request, "frontend/desk/application/withdraw.html", context)
    try:
        withdraw_application(desk.actor, application=found)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your application was withdrawn."))
    return back(desk)


def found_at(desk: Desk) -> Application:
    """The application of the group.

    Raises:
        Http404: it made none.
    """
    found = application_of(desk.actor)
    if found is None:
        raise Http404
    return found


def back(desk: Desk) -> HttpResponse:
    """To where the application stands."""
    return SeeOther(reverse("desk:application", args=[desk.organization.slug]))


def _after(desk: Desk, part: str) -> HttpResponse:
    """To the next part, after the last to the whole."""
    names = list(PARTS)
    if part == names[-1]:
        return back(desk)
    following = names[names.index(part) + 1]
    return SeeOther(reverse("desk:application_answers", args=[desk.organization.slug, following]))


def _status(
    request: HttpRequest,
    desk: Desk,
    found: Application,
    form: NoteForm,
    *,
    is_refused: bool = False,
) -> HttpResponse:
    state = ApplicationState(found.state)
    missing = set(missing_answers(found))
    context = {
        "desk": desk,
        "part": "application",
        "application": found,
        "state": state,
        "is_refused": is_refused and not form.errors,
        "form": form,
        "notes": notes_of(desk.actor, found),
        "parts": [
            {
                "name": name,
                "title": TITLES[name],
                "missing": [
                    AnswersForm.base_fields[one].label for one in fields if one in missing
                ],
            }
            for name, fields in PARTS.items()
        ],
        "is_complete": not missing,
        "is_editable": state in (ApplicationState.DRAFT, ApplicationState.ASKED),
        "is_with_stewards": state in (ApplicationState.WAITING, ApplicationState.ASKED),
        "until": _until(found),
        "proofs": proofs_of(desk.actor, found),
        "vouches": _vouches(desk, found),
    }
    code = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, _STATUS, context, status=code)


_SHAPES = {"given": "ok", "asked": "wait"}


def _vouches(desk: Desk, found: Application) -> list[dict[str, Any]]:
    """Who was asked, what they answered, and why an answer does not count."""
    why = {one.vouch_id: one.reasons for one in independence(desk.actor, found)}
    return [
        {
            "name": name,
            "status": status(_SHAPES.get(one.state, "none"), one.get_state_display()),
            "reasons": why.get(one.pk, ()),
        }
        for one, name in vouches_for(desk.actor, found)
    ]


def _until(found: Application) -> dt.date | None:
    if found.submitted_at is None:
        return None
    return timezone.localdate(found.submitted_at + ANSWER_WITHIN)
