"""The logo of a group, and the photos of its programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.pictures import (
    describe_photo,
    remove_logo,
    remove_photo,
    set_logo,
    set_photo,
)
from directory.models import Program, ProgramText
from frontend.desk.page import Desk, desk_page
from frontend.desk.sent_files import ENDINGS, handed_out, sent_with, status_of, takes_file
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.files import LogoForm, PhotoForm, SentFileForm
from frontend.views.account.answers import by_field
from network.enums import UploadKind
from network.models import Upload
from network.permissions import Permission
from network.queries.uploads import logo_of, photo_of, upload_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@takes_file(UploadKind.LOGO)
@desk_page(Permission.ORGANIZATION_EDIT)
def logo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The logo; POST sets another."""
    form = LogoForm(**_bound(request), sent=sent_with(request))
    if request.method == "POST" and form.is_valid() and form.sent.inspected:
        try:
            set_logo(desk.actor, inspected=form.sent.inspected)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The logo is saved."))
            return SeeOther(reverse("desk:logo", args=[desk.organization.slug]))
    context = {"desk": desk, "form": form, "logo": logo_of(desk.actor)}
    return _page(request, "frontend/desk/files/logo_page.html", context, form)


@require_POST
@desk_page(Permission.ORGANIZATION_EDIT)
def logo_removed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the logo away."""
    remove_logo(desk.actor)
    messages.success(request, _("The logo is gone from every page."))
    return SeeOther(reverse("desk:logo", args=[desk.organization.slug]))


@require_http_methods(METHODS)
@takes_file(UploadKind.PHOTO)
@desk_page(Permission.PROGRAM_EDIT)
def photo(request: HttpRequest, desk: Desk, program: UUID) -> HttpResponse:
    """The photo of one program and what it shows; POST sets another, or other words."""
    found = _program(desk, program)
    present = photo_of(desk.actor, found.pk)
    texts = list(ProgramText.objects.filter(program=found).order_by("language"))
    alt = present.alt if present else {}
    languages = sorted({"en", *alt} if not texts else {*alt, *(text.language for text in texts)})
    form = PhotoForm(**_bound(request), languages=languages, alt=alt, sent=sent_with(request))
    if request.method == "POST" and form.is_valid() and _is_photo_set(desk, found, form):
        messages.success(request, _("The photo is saved. Readers see it when you publish."))
        return SeeOther(reverse("desk:photo", args=[desk.organization.slug, found.pk]))
    context = {
        "desk": desk,
        "form": form,
        "program": found,
        "program_name": texts[0].name if texts else found.slug,
        "photo": present,
    }
    return _page(request, "frontend/desk/files/photo_page.html", context, form)


@require_POST
@desk_page(Permission.PROGRAM_EDIT)
def photo_removed(request: HttpRequest, desk: Desk, program: UUID) -> HttpResponse:
    """Take the photo away, from the public page too."""
    remove_photo(desk.actor, program=_program(desk, program))
    messages.success(request, _("The photo is gone, from the public page too."))
    return SeeOther(reverse("desk:photo", args=[desk.organization.slug, program]))


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def picture(request: HttpRequest, desk: Desk, upload: UUID) -> HttpResponse:
    """A logo or photo of the group, for its members."""
    for kind in (UploadKind.LOGO, UploadKind.PHOTO):
        try:
            found = upload_of(desk.actor, upload, kind)
        except Upload.DoesNotExist:
            continue
        return handed_out(found, name=f"{kind}{ENDINGS[found.media_type]}")
    raise Http404


def _is_photo_set(desk: Desk, program: Program, form: PhotoForm) -> bool:
    """Set the photo, or only its words; or say in the form why not."""
    try:
        if form.sent.inspected:
            set_photo(
                desk.actor,
                program=program,
                inspected=form.sent.inspected,
                alt=form.described(),
                has_looked=form.has_looked,
            )
        else:
            describe_photo(
                desk.actor, program=program, alt=form.described(), has_looked=form.has_looked
            )
    except ValidationError as error:
        form.heed(error)
        is_of_file = getattr(error, "code", "") in ("quota", "no_room")
        form.take_errors(by_field(error, "file" if is_of_file else ""))
        return False
    return True


def _program(desk: Desk, pk: UUID) -> Program:
    return Program.objects.get(pk=pk, organization=desk.organization, deleted_at=None)


def _bound(request: HttpRequest) -> dict[str, Any]:
    """What a form is filled with: what was sent, or nothing at all."""
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    return {"data": {}} if sent_with(request).error else {}


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], form: SentFileForm
) -> HttpResponse:
    return render(
        request, template, context, status=status_of(request, is_refused=bool(form.errors))
    )
