"""Taking along all that a group has here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.moving import ask_for_export
from frontend.desk.page import Desk, desk_page
from frontend.desk.sent_files import attachment, status_of, streamed
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.forms.desk.files import ExportForm
from network.actions.exports import end_exports
from network.enums import ApprovalKind
from network.permissions import Permission
from network.queries.approvals import approvals_waiting
from network.queries.exports import exports_of
from network.uploads.storage import EXPORTS


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.ORGANIZATION_EXPORT)
def export(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What an export holds, and those that can be fetched; POST asks for one."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            waiting = ask_for_export(desk.actor, with_emails=form.cleaned_data["with_emails"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Another owner must confirm this. They were told by mail.")
                if waiting
                else _("The export is made. Fetch it within 24 hours."),
            )
            return _back(desk)
    context = {
        "desk": desk,
        "form": form,
        "exports": list(exports_of(desk.actor)),
        "waiting": approvals_waiting(desk.actor).filter(kind=ApprovalKind.EXPORT).exists(),
    }
    return render(
        request,
        "frontend/desk/export/export.html",
        context,
        status=status_of(request, is_refused=bool(form.errors)),
    )


@require_POST
@confirmed
@desk_page(Permission.ORGANIZATION_EXPORT)
def fetch(request: HttpRequest, desk: Desk, export: UUID) -> Any:
    """The archive, as long as its day is not over."""
    found = exports_of(desk.actor).get(pk=export)
    try:
        file = EXPORTS.path(found.name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = attachment(streamed(file), "application/zip", found.filename)
    response.headers["Content-Length"] = str(found.bytes)
    return response


@require_POST
@confirmed
@desk_page(Permission.ORGANIZATION_EXPORT)
def ended(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Delete the export now."""
    end_exports(desk.actor)
    messages.success(request, _("The export is deleted."))
    return _back(desk)


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:export", args=[desk.organization.slug]))
