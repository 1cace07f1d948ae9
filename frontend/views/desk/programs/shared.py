"""Letting a coalition edit the texts of a program, and editing those of another group."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from directory.actions.programs.editing import StaleVersion, edit_program
from directory.actions.programs.granting import grant_program_texts, revoke_program_texts
from directory.actions.programs.guests import granted_program
from directory.models import OrganizationCard
from directory.queries.coalitions import own_coalitions
from directory.queries.merging import merge
from directory.queries.program_grants import coalitions_granted, grant_held
from directory.queries.programs import desk_program, program_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.program_editor import spoken_in
from frontend.desk.redirects import see
from frontend.desk.signed_in import confirmed_to_act
from frontend.forms.desk.programs.texts import TextsForm
from network.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_to_act(unless="revoke")
@desk_page(Permission.PROGRAM_GRANT)
def sharing(request: HttpRequest, desk: Desk, program: str) -> HttpResponse:
    """Who may edit the texts of a program, and letting one more."""
    found = program_for(desk.actor, program)
    if request.method == "POST":
        return _shared(request, desk, found)
    granted = coalitions_granted(found)
    known = {card.pk for card in granted}
    others = [card for card in own_coalitions(desk.organization.pk) if card.pk not in known]
    context = {
        "desk": desk,
        "part": "programs",
        "program": found,
        "row": desk_program(found),
        "granted": granted,
        "others": others,
    }
    return render(request, "frontend/desk/programs/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_EDIT)
def granted(request: HttpRequest, desk: Desk, grant: int) -> HttpResponse:
    """The texts of another group's program, for somebody of a coalition that may edit them."""
    held = grant_held(desk.actor, grant)
    found = granted_program(desk.actor, grant=held)
    spoken = spoken_in(request, found.texts["names"], [])
    data = request.POST if request.method == "POST" else None
    form = TextsForm(data, found.texts, found.program.version, found.draft.edition, spoken)
    status = 200
    if data is not None:
        try:
            _save(desk, found.program, form)
        except StaleVersion:
            form.add_error(
                None,
                _("The group changed the same text meanwhile. Copy yours and load the page anew."),
            )
            status = 409
        except ValidationError as error:
            form.tell(error)
            status = 422
        else:
            messages.success(request, pgettext("a program", "Saved."))
            return see("desk:program_granted", desk, grant=grant)
    context: dict[str, Any] = {
        "desk": desk,
        "part": "programs",
        "form": form,
        "owner": OrganizationCard.objects.filter(pk=held.organization_id).first(),
        "languages_there": sorted({*found.texts["names"], *spoken} - {spoken[0]}),
    }
    return render(request, "frontend/desk/programs/granted.html", context, status=status)


def _save(desk: Desk, program: Any, form: TextsForm) -> None:
    values, looked = form.raw(), form.has_looked
    base = form.number("base_version")
    try:
        edit_program(
            desk.actor, program=program, base_version=base, values=values, has_looked=looked
        )
    except StaleVersion as stale:
        merged = merge(stale.base, values, stale.current)
        if merged.conflicts:
            raise
        texts = {name: merged.values[name] for name in values}
        edit_program(
            desk.actor,
            program=program,
            base_version=stale.version,
            values=texts,
            has_looked=looked,
        )


def _shared(request: HttpRequest, desk: Desk, program: Any) -> HttpResponse:
    slug = request.POST.get("coalition", "")
    card = OrganizationCard.objects.filter(slug=slug, origin=None).first()
    try:
        if card is None:
            raise ValidationError(_("Choose a coalition that your group belongs to."))
        if "revoke" in request.POST:
            revoke_program_texts(desk.actor, program=program, coalition=card)
            messages.success(request, _("They can edit the texts no longer."))
        else:
            grant_program_texts(desk.actor, program=program, coalition=card)
            messages.success(request, _("They can edit the texts from now on."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return see("desk:program_sharing", desk, program=program.slug)
