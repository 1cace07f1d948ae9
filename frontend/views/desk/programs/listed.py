"""The programs of a group: the list, a new one, and the page of one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.programs.editing import create_program
from directory.models import Country, HeldChange
from directory.queries.cards import card_of
from directory.queries.cursor import BadCursorError, decode_cursor
from directory.queries.previews import preview_of
from directory.queries.program_grants import grants_held
from directory.queries.program_list import program_list
from directory.queries.programs import (
    KIND,
    desk_program,
    held_change_of,
    program_for,
)
from frontend.desk.page import Desk, desk_page
from frontend.desk.program_editor import PARTS
from frontend.desk.program_words import waiting_words
from frontend.desk.redirects import see
from frontend.forms.desk.programs.new import NewProgramForm
from network.permissions import Permission
from network.queries.members import names_of
from network.queries.uploads import photo_of

PAGE = 20


@require_safe
@desk_page(Permission.PROGRAM_READ)
def programs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, what was deleted and can be brought back, and what others let one edit."""
    text = request.GET.get("cursor", "")
    try:
        cursor = decode_cursor(text, KIND) if text else None
        page, deleted = program_list(desk.actor, cursor, PAGE)
    except BadCursorError:
        raise Http404 from None
    context = {
        "desk": desk,
        "part": "programs",
        "page": page,
        "deleted": deleted,
        "granted": grants_held(desk.actor) if desk.may["program_edit"] else [],
    }
    return render(request, "frontend/desk/programs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_EDIT)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A name, a language and a country: enough to begin with."""
    countries = Country.objects.all()
    first = {"country": desk.organization.country, "key": uuid4().hex}
    form = NewProgramForm(request.POST or None, countries, first)
    if request.method == "POST" and form.is_valid():
        try:
            program = create_program(
                desk.actor,
                values=form.raw(),
                key=form.cleaned_data["key"],
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.tell(error)
        else:
            messages.success(request, _("Made. Nobody but your group sees it yet."))
            return see("desk:program_edit", desk, program=program.slug, part="texts")
    context = {"desk": desk, "part": "programs", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "frontend/desk/programs/new.html", context, status=status)


def _unsaid(waiting: dict[str, Any], held: HeldChange | None) -> dict[str, Any]:
    """What would wait, unless just that waits already."""
    return {} if held is not None and held.values == waiting else waiting


@require_safe
@desk_page(Permission.PROGRAM_READ)
def program(request: HttpRequest, desk: Desk, program: str) -> HttpResponse:
    """One program: where it stands, what the public would read, what can be done."""
    found = program_for(desk.actor, program)
    held = held_change_of(found)
    preview = preview_of(found, card_of(desk.organization)) if found.deleted_at is None else None
    context = {
        "desk": desk,
        "part": "programs",
        "row": desk_program(found),
        "program": found,
        "edit_parts": PARTS,
        "photo": photo_of(desk.actor, found.pk),
        "preview": preview,
        "listing": preview.listing if preview else None,
        "waiting": waiting_words(_unsaid(preview.waiting, held)) if preview else [],
        "held": held,
        "held_words": waiting_words(held.values) if held else [],
        "asked_by": names_of(desk.actor).get(held.asked_by) if held and held.asked_by else "",
        "is_mine": bool(held and str(desk.person.pk) in held.askers),
    }
    return render(request, "frontend/desk/programs/overview.html", context)
