"""Earlier versions of a program, what changed, and bringing one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.programs.editing import StaleVersion, restore_version
from directory.queries.cursor import BadCursorError, decode_cursor
from directory.queries.program_history import (
    KIND,
    differences,
    snapshot_at,
    version_of,
    versions_of,
)
from directory.queries.program_values import values_of
from directory.queries.programs import desk_program, program_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.program_editor import base_version_in
from frontend.desk.program_words import BY_LANGUAGE, field_words, value_words
from frontend.desk.redirects import see
from frontend.templatetags.gazetteer import joined
from frontend.texts import direction
from network.permissions import Permission, require
from network.queries.members import names_of


@require_safe
@desk_page(Permission.PROGRAM_READ)
def history(request: HttpRequest, desk: Desk, program: str) -> HttpResponse:
    """All versions, the newest first."""
    found = program_for(desk.actor, program)
    text = request.GET.get("cursor", "")
    try:
        page = versions_of(desk.actor, found, decode_cursor(text, KIND) if text else None)
    except BadCursorError:
        raise Http404 from None
    names = names_of(desk.actor)
    rows = [
        {
            "version": one.version,
            "at": one.created_at,
            "who": names.get(one.person_id, "") if one.person_id else "",
            "changed": joined([field_words(name) for name in one.changed]),
        }
        for one in page.rows
    ]
    context = {**_of(desk, found), "page": page, "rows": rows}
    return render(request, "frontend/desk/programs/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_READ)
def version(request: HttpRequest, desk: Desk, program: str, number: int) -> HttpResponse:
    """One version beside the one before it, and the way back to it."""
    if request.method == "POST":
        require(desk.actor, Permission.PROGRAM_EDIT)
    found = program_for(desk.actor, program)
    old = version_of(desk.actor, found, number)
    if request.method == "POST":
        return _restored(request, desk, found, number)
    before = snapshot_at(found, number - 1) or {}
    context = {
        **_of(desk, found),
        "version": old,
        "who": names_of(desk.actor).get(old.person_id, "") if old.person_id else "",
        "changes": _told(differences(before, old.snapshot)),
        "against_now": _told(differences(values_of(found), old.snapshot)),
        "can_restore": desk.may["program_edit"] and found.deleted_at is None,
    }
    return render(request, "frontend/desk/programs/version.html", context)


def _restored(request: HttpRequest, desk: Desk, program: Any, number: int) -> HttpResponse:
    try:
        restore_version(
            desk.actor, program=program, version=number, base_version=base_version_in(request)
        )
    except StaleVersion:
        messages.error(
            request,
            _("A colleague saved a change meanwhile. Look again before you restore."),
        )
        return see("desk:program_version", desk, program=program.slug, number=number)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return see("desk:program_version", desk, program=program.slug, number=number)
    messages.success(request, _("Restored, as a new version. It is public once you publish it."))
    return see("desk:program", desk, program=program.slug)


def _of(desk: Desk, program: Any) -> dict[str, Any]:
    return {"desk": desk, "part": "programs", "program": program, "row": desk_program(program)}


def _told(found: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": field_words(one.field, one.key),
            "before": value_words(one.field, one.key, one.before),
            "after": value_words(one.field, one.key, one.after),
            "lang": one.key if one.field in BY_LANGUAGE else "",
            "dir": direction(one.key) if one.field in BY_LANGUAGE else "auto",
        }
        for one in found
    ]
