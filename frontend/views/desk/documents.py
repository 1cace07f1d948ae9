"""Documents of a group: for its members, and for nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.desk.page import Desk, desk_page
from frontend.desk.sent_files import ENDINGS, handed_out, sent_with, status_of, takes_file
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.files import DocumentForm
from network.actions.uploads import add_document, delete_upload, restore_upload
from network.enums import UploadKind
from network.permissions import Permission, require
from network.queries.members import names_of
from network.queries.uploads import (
    UNDO,
    deleted_documents_of,
    documents_of,
    upload_of,
    usage_of,
)

SHOWN = 500
DOCUMENT = UploadKind.DOCUMENT


@require_http_methods(["GET", "HEAD", "POST"])
@takes_file(DOCUMENT)
@desk_page(Permission.DOCUMENT_READ)
def documents(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The documents; POST adds one."""
    form = DocumentForm(sent=sent_with(request))
    if request.method == "POST":
        require(desk.actor, Permission.DOCUMENT_WRITE)
        form = DocumentForm(request.POST, request.FILES, sent=sent_with(request))
        if form.is_valid() and _is_added(desk, form):
            messages.success(request, _("Added."))
            return _back(desk)
    elif form.sent.error:
        form = DocumentForm({}, sent=form.sent)
        form.full_clean()
    return render(
        request,
        "frontend/desk/documents/list.html",
        _context(desk, form),
        status=status_of(request, is_refused=bool(form.errors)),
    )


@require_safe
@desk_page(Permission.DOCUMENT_READ)
def document(request: HttpRequest, desk: Desk, upload: UUID) -> HttpResponse:
    """The file of one document, to be kept."""
    found = upload_of(desk.actor, upload, DOCUMENT)
    return handed_out(found, name=f"{found.title}{ENDINGS[found.media_type]}")


@require_POST
@desk_page(Permission.DOCUMENT_WRITE)
def delete(request: HttpRequest, desk: Desk, upload: UUID) -> HttpResponse:
    """Take a document away; it can be brought back."""
    delete_upload(desk.actor, upload=upload_of(desk.actor, upload, DOCUMENT))
    messages.success(request, _("Deleted. You can bring it back for 7 days, below."))
    return _back(desk)


@require_POST
@desk_page(Permission.DOCUMENT_WRITE)
def restore(request: HttpRequest, desk: Desk, upload: UUID) -> HttpResponse:
    """Bring a document back."""
    try:
        restore_upload(desk.actor, upload=upload_of(desk.actor, upload, DOCUMENT))
    except ValidationError as error:
        form = DocumentForm({})
        form.errors.clear()
        form.add_error(None, error)
        return render(
            request, "frontend/desk/documents/list.html", _context(desk, form), status=422
        )
    messages.success(request, _("It is back."))
    return _back(desk)


def _is_added(desk: Desk, form: DocumentForm) -> bool:
    """Add the document, or say in the form why not."""
    sent = form.sent
    if sent.inspected is None:
        return False
    title = form.cleaned_data["title"] or sent.stem
    try:
        add_document(desk.actor, inspected=sent.inspected, title=title)
    except ValidationError as error:
        form.add_error("file" if error.code in ("quota", "no_room") else "title", error)
        return False
    return True


def _context(desk: Desk, form: DocumentForm) -> dict[str, Any]:
    rows = list(documents_of(desk.actor)[: SHOWN + 1])
    return {
        "desk": desk,
        "part": "documents",
        "form": form,
        "names": names_of(desk.actor),
        "documents": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "shown": SHOWN,
        "deleted": [
            (one, one.deleted_at + UNDO)
            for one in deleted_documents_of(desk.actor)
            if one.deleted_at
        ],
        "usage": usage_of(desk.actor),
        "may_write": desk.can(Permission.DOCUMENT_WRITE),
        "may_export": desk.can(Permission.ORGANIZATION_EXPORT),
    }


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:documents", args=[desk.organization.slug]))
