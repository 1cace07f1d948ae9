"""What is done to a program with one button."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.programs.confirming import confirm_program
from directory.actions.programs.deleting import delete_program, restore_program
from directory.actions.programs.holding import cancel_held_change
from directory.actions.programs.releasing import confirm_held_change
from directory.actions.publishing import publish_program, unpublish_program
from directory.models import HeldChange
from directory.queries.programs import desk_program, program_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.redirects import see
from frontend.desk.signed_in import confirmed
from frontend.views.desk.programs.editor import public_words
from network.permissions import Permission


def _told(act: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Do it, say that it is done or why it is not, and show the page it was sent from."""

    @wraps(act)
    def view(request: HttpRequest, desk: Desk, program: str, **kwargs: Any) -> HttpResponse:
        found = program_for(desk.actor, program)
        try:
            messages.success(request, act(desk, found, **kwargs))
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
        found.refresh_from_db(fields=["slug"])
        if request.POST.get("back") == "overview":
            return see("desk:overview", desk)
        return see("desk:program", desk, program=found.slug)

    return view


@require_POST
@desk_page(Permission.PROGRAM_PUBLISH)
@_told
def publish(desk: Desk, program: Any) -> str:
    """Show the public what was saved."""
    publish_program(desk.actor, program=program)
    return public_words(program)


@require_POST
@desk_page(Permission.PROGRAM_PUBLISH)
@_told
def unpublish(desk: Desk, program: Any) -> str:
    """Take the public page away."""
    unpublish_program(desk.actor, program=program)
    return _("The public page is gone. Your working copy is as it was.")


@require_POST
@desk_page(Permission.PROGRAM_PUBLISH)
@_told
def confirm(desk: Desk, program: Any) -> str:
    """Say that it is still right."""
    confirm_program(desk.actor, program=program)
    return _("Confirmed today.")


@require_POST
@confirmed
@desk_page(Permission.PROGRAM_PUBLISH)
@_told
def confirm_held(desk: Desk, program: Any, held: UUID) -> str:
    """Make public what a colleague asked for."""
    confirm_held_change(desk.actor, held=HeldChange.objects.get(pk=held, program=program))
    return _("Confirmed: it is public now.")


@require_POST
@desk_page(Permission.PROGRAM_PUBLISH)
@_told
def cancel_held(desk: Desk, program: Any, held: UUID) -> str:
    """Let it never be public."""
    cancel_held_change(desk.actor, held=HeldChange.objects.get(pk=held, program=program))
    return _("It will not be public. Your working copy still says it: change it there.")


@require_POST
@desk_page(Permission.PROGRAM_DELETE)
@_told
def restore(desk: Desk, program: Any) -> str:
    """Bring a deleted program back."""
    restore_program(desk.actor, program=program)
    return _("It is back, and not public.")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_DELETE)
def delete(request: HttpRequest, desk: Desk, program: str) -> HttpResponse:
    """Ask first, then delete; for seven days it can be undone."""
    found = program_for(desk.actor, program)
    if request.method != "POST":
        context = {"desk": desk, "part": "programs", "row": desk_program(found), "program": found}
        return render(request, "frontend/desk/programs/delete.html", context)
    delete_program(desk.actor, program=found)
    messages.success(request, _("Deleted. For seven days you can bring it back, below."))
    return see("desk:programs", desk)
