"""The editor of a program: its parts, drafts as one types, and what two people wrote at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.programs.drafts import DraftClosedError, discard_draft, save_draft
from directory.actions.programs.editing import StaleVersion, edit_program
from directory.actions.publishing import publish_program
from directory.models import Program
from directory.queries.cards import card_of
from directory.queries.merging import Merged, merge, settled
from directory.queries.previews import preview_of
from directory.queries.program_history import snapshot_at
from directory.queries.program_values import PLACE
from directory.queries.programs import desk_program, held_change_of, program_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.program_editor import PARTS, Editor, base_version_in, editor_of
from frontend.desk.program_words import field_words, value_words, waiting_words
from frontend.desk.redirects import see
from frontend.forms.desk.programs.base import PartForm
from frontend.forms.desk.programs.parts import ServicesForm
from frontend.forms.looked import has_looked
from frontend.texts import direction
from network.identifying import is_question
from network.permissions import Permission

MOST_SENT = 400_000
MINE = "what was written at the desk"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_EDIT)
def edit(request: HttpRequest, desk: Desk, program: str, part: str) -> HttpResponse:
    """One part of a program: its form, and what becomes of what was typed."""
    found = _program(desk, program, part)
    editor = editor_of(desk.actor, request, found, part)
    if request.method != "POST":
        return _page(request, desk, found, editor, editor.form())
    form = editor.form(request.POST)
    return _saved(request, desk, found, editor, form)


@require_POST
@desk_page(Permission.PROGRAM_EDIT)
def autosave(request: HttpRequest, desk: Desk, program: str, part: str) -> HttpResponse:
    """Keep what is typed as a draft; the answer is for the script that sent it."""
    found = _program(desk, program, part)
    form = editor_of(desk.actor, request, found, part).form(request.POST)
    try:
        draft = save_draft(
            desk.actor,
            program=found,
            base_version=form.number("base_version"),
            edition=form.number("edition"),
            values=form.raw(),
        )
    except DraftClosedError:
        return JsonResponse({"closed": True}, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        return JsonResponse({"errors": error.messages}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"saved": True, "edition": draft.edition})


@require_POST
@desk_page(Permission.PROGRAM_EDIT)
def discard(request: HttpRequest, desk: Desk, program: str, part: str) -> HttpResponse:
    """Forget what was written and not saved."""
    found = _program(desk, program, part)
    discard_draft(desk.actor, program=found)
    messages.success(request, _("Your draft is gone. This is what was saved last."))
    return see("desk:program_edit", desk, program=found.slug, part=part)


@require_POST
@desk_page(Permission.PROGRAM_EDIT)
def choose(request: HttpRequest, desk: Desk, program: str, part: str) -> HttpResponse:
    """Save one's own and a colleague's changes together, as was chosen."""
    found = _program(desk, program, part)
    try:
        # Signed, because what is merged has been through the checks of its form.
        mine = signing.loads(request.POST.get("mine", "")[:MOST_SENT], salt=MINE)
    except signing.BadSignature:
        raise Http404 from None
    base = snapshot_at(found, base_version_in(request)) or {}
    theirs = snapshot_at(found, found.version) or {}
    merged = merge(base, mine, theirs)
    chosen = {
        (conflict.field, conflict.key)
        for conflict in merged.conflicts
        if request.POST.get(f"choice-{conflict.field}-{conflict.key}") == "mine"
    }
    if request.POST.get("seen_version") != str(found.version):
        return _both(request, desk, found, part, mine, base_version_in(request), merged)
    values = _only(settled(merged, chosen), mine)
    try:
        edit_program(
            desk.actor,
            program=found,
            base_version=found.version,
            values=values,
            has_looked=has_looked(request),
        )
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return _both(request, desk, found, part, mine, base_version_in(request), merged, error)
    except StaleVersion as stale:
        # A third change came while this one was sent.
        merged = merge(stale.base, mine, stale.current)
        return _both(request, desk, found, part, mine, base_version_in(request), merged)
    messages.success(request, _("Saved, both changes together."))
    return see("desk:program_edit", desk, program=found.slug, part=part)


def _program(desk: Desk, slug: str, part: str) -> Program:
    if part not in PARTS:
        raise Http404
    found = program_for(desk.actor, slug)
    if found.deleted_at is not None:
        raise Http404
    return found


def _saved(
    request: HttpRequest, desk: Desk, program: Program, editor: Editor, form: PartForm
) -> HttpResponse:
    values, base = form.raw(), form.number("base_version")
    try:
        saved = edit_program(
            desk.actor,
            program=program,
            base_version=base,
            values=values,
            has_looked=form.has_looked,
        )
    except ValidationError as error:
        form.tell(error)
        return _page(request, desk, program, editor, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleVersion as stale:
        merged = merge(stale.base, values, stale.current)
        if merged.conflicts:
            return _both(request, desk, program, editor.part, values, base, merged)
        saved = edit_program(
            desk.actor,
            program=program,
            base_version=stale.version,
            values=_only(merged.values, values),
            has_looked=form.has_looked,
        )
        messages.success(
            request,
            _("Saved, together with what a colleague changed elsewhere in the meantime."),
        )
    else:
        messages.success(request, pgettext("a program", "Saved."))
    _say_where(request, editor.part, saved, values)
    if isinstance(form, ServicesForm) and (names := form.understood()):
        messages.success(request, _("Languages read as: %(names)s.") % {"names": names})
    if "publish" in request.POST and desk.may["program_publish"]:
        return _published(request, desk, saved)
    query = {"beside": editor.spoken[1]} if editor.part == "texts" and editor.spoken[1:] else None
    return see("desk:program_edit", desk, query, program=saved.slug, part=editor.part)


def _published(request: HttpRequest, desk: Desk, program: Program) -> HttpResponse:
    try:
        listing = publish_program(desk.actor, program=program)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return see("desk:program", desk, program=program.slug)
    messages.success(request, public_words(program))
    return see("desk:program", desk, program=listing.slug)


def public_words(program: Program) -> str:
    """What is said once a program was published."""
    if held_change_of(program):
        return _("Public now, except what waits for a day or for a second coordinator.")
    return _("Public now.")


def _say_where(request: HttpRequest, part: str, program: Program, values: dict[str, Any]) -> None:
    """Say that a town was not found, where one was meant to be shown."""
    if part == "place" and values["precision"] != "country" and program.latitude is None:
        messages.warning(
            request,
            _("We do not know this town: only its country is on the map. You can give a point."),
        )


def _only(values: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """Of merged values those that I sent; of a place all five."""
    names = {*mine, *(PLACE if not set(PLACE).isdisjoint(mine) else ())}
    return {name: value for name, value in values.items() if name in names}


def _page(
    request: HttpRequest,
    desk: Desk,
    program: Program,
    editor: Editor,
    form: PartForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    preview = preview_of(program, card_of(desk.organization))
    context = {
        "desk": desk,
        "part": "programs",
        "program": program,
        "row": desk_program(program),
        "edit_parts": PARTS,
        "edit_part": editor.part,
        "editor": editor,
        "form": form,
        "preview": preview,
        "listing": preview.listing,
        "waiting": waiting_words(preview.waiting),
        "languages_there": sorted({*editor.values["names"], *editor.spoken} - {editor.spoken[0]}),
    }
    template = f"frontend/desk/programs/edit_{editor.part}.html"
    return render(request, template, context, status=status)


def _both(
    request: HttpRequest,
    desk: Desk,
    program: Program,
    part: str,
    mine: dict[str, Any],
    base: int,
    merged: Merged,
    refused: ValidationError | None = None,
) -> HttpResponse:
    """Both sides of what two people changed, to choose from; works without scripts."""
    choices = [
        {
            "name": f"choice-{one.field}-{one.key}",
            "label": field_words(one.field, one.key),
            "lang": one.key if one.field not in ("contact", "capacity") else "",
            "dir": direction(one.key) if one.field not in ("contact", "capacity") else "auto",
            "sides": [
                (side, value_words(one.field, one.key, value))
                for side, value in (("mine", one.mine), ("theirs", one.theirs))
            ],
        }
        for one in merged.conflicts
    ]
    context = {
        "desk": desk,
        "part": "programs",
        "program": program,
        "row": desk_program(program_for(desk.actor, program.slug)),
        "edit_part": part,
        "choices": choices,
        "mine": signing.dumps(mine, salt=MINE, compress=True),
        "base": base,
        "asks": has_looked(request) or (refused is not None and is_question(refused)),
        "ticked": has_looked(request),
        "seen": Program.objects.values_list("version", flat=True).get(pk=program.pk),
    }
    return render(request, "frontend/desk/programs/both.html", context, status=HTTPStatus.CONFLICT)
