"""Where a group reads who asks it to vouch, and answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.applying import decline_vouch, give_vouch, withdraw_vouch
from directory.enums import ApplicationState
from directory.models import Vouch
from directory.queries.application_answers import shown_to_vouchers
from directory.queries.vouches import vouches_asked_of
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.application import AnswersForm, StatementForm
from frontend.templatetags.atlas import language_name
from frontend.views.account.answers import form_page
from network.permissions import Permission

_PAGE = "frontend/desk/vouches/vouch.html"


@require_safe
@desk_page(Permission.VOUCH_GIVE)
def vouches(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who asked this group, and what it answered."""
    rows = [
        {"vouch": one, "name": one.application.answers.get("name", "")}
        for one in vouches_asked_of(desk.actor)[:100]
    ]
    context: dict[str, Any] = {"desk": desk, "part": "vouches", "rows": rows}
    return render(request, "frontend/desk/vouches/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.VOUCH_GIVE)
def vouch(request: HttpRequest, desk: Desk, vouch_id: UUID) -> HttpResponse:
    """What the group that asks says of itself, and the answer."""
    found = vouches_asked_of(desk.actor).get(pk=vouch_id)
    act = request.POST.get("act", "")
    form = StatementForm(request.POST if act == "give" else None)
    if request.method == "POST" and (act != "give" or form.is_valid()):
        try:
            _answer(desk, found, act, form)
        except ValidationError as error:
            if form.is_bound:
                form.refuse(error)
            else:
                messages.warning(request, " ".join(error.messages))
        else:
            messages.success(request, _("The group was told your answer."))
        if not form.errors:
            return SeeOther(reverse("desk:vouches", args=[desk.organization.slug]))
    context: dict[str, Any] = {
        "desk": desk,
        "part": "vouches",
        "vouch": found,
        "name": found.application.answers.get("name", ""),
        "answers": _shown(found),
        "is_open": ApplicationState(found.application.state).is_open,
    }
    return form_page(request, _PAGE, form, **context)


def _answer(desk: Desk, found: Vouch, act: str, form: StatementForm) -> None:
    if act == "give":
        statement = form.cleaned_data["statement"]
        give_vouch(desk.actor, vouch=found, statement=statement, has_looked=form.has_looked)
    elif act == "withdraw":
        withdraw_vouch(desk.actor, vouch=found)
    else:
        decline_vouch(desk.actor, vouch=found)


def _shown(found: Vouch) -> list[tuple[str, object]]:
    """The answers that a voucher reads, with their labels, in the order of the form."""
    said = shown_to_vouchers(found.application)
    said["languages"] = ", ".join(language_name(code) for code in said.get("languages", ()))
    return [
        (str(field.label), said[name])
        for name, field in AnswersForm.base_fields.items()
        if said.get(name)
    ]
