"""Files of an organization, and its exports."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as Unfit
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations import files as told
from api.v1.serializers.files import (
    DocumentInput,
    ExportInput,
    LogoInput,
    PhotoInput,
    export_document,
    file_document,
)
from api.v1.shell.confirming import NAME as CONFIRM_TEXTS
from api.v1.shell.inputs import Input
from api.v1.tenant import TenantView
from directory.actions.moving import ask_for_export
from directory.actions.pictures import remove_logo, remove_photo, set_logo, set_photo
from directory.models import Program
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from directory.queries.programs import program_by_id
from network.actions.uploads import add_document, delete_upload
from network.enums import Scope, UploadKind
from network.models import Upload
from network.permissions import Permission, can
from network.queries.exports import exports_of
from network.queries.uploads import documents_of, logo_of, photo_of
from network.tenancy import Via, acting, member
from network.uploads.inspecting import Inspected, inspect
from network.uploads.storage import UPLOADS

# 5 MiB in base64, and the rest of the object; `network.project.uploading` lets so much through.
LARGEST = 7 * 1024 * 1024 + 64 * 1024
NEWEST = Order("documents newest", ("created_at", "id"), moment, UUID, is_descending=True)


class FileView(TenantView):
    """What takes a file: it is decoded before the transaction begins, in which others may wait."""

    largest_body = LARGEST
    use: UploadKind
    kind: type[Input]
    values: dict[str, Any]
    inspected: Inspected

    def _within(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The rest of the address, with the file that was sent looked at.

        Raises:
            Http404: it is not the token's organization.
            ValidationError: by the names of the fields; 400.
        """
        rest = super()._within(kwargs)
        if self.request.method == "POST" and "POST" in self.permissions and self._may_send():
            self.values = self.input(self.kind)
            try:
                self.inspected = inspect(self.values.pop("file"), self.use)
            except Unfit as error:
                raise ValidationError({"file": error.messages}) from None
        return rest

    def _may_send(self) -> bool:
        """Whether the file is worth a look; who may not is refused afterwards, as everywhere."""
        permission, scope = self.permissions["POST"]
        actor = member(self.token.person_id, self.organization.pk, via=Via.API)
        with acting(actor, is_reading=True):
            return scope in self.token.scopes and can(actor, permission)

    def whole(self, upload: Upload | None) -> HttpResponse:
        """A file with its bytes.

        Raises:
            Http404: there is none, or the disk has lost it.
        """
        content = UPLOADS.read(upload.name) if upload else None
        if upload is None or content is None:
            raise Http404
        return self.answer(file_document(upload, content))

    def made(self, upload: Upload, location: str) -> HttpResponse:
        """What was kept."""
        return self.answer(file_document(upload), status=HTTPStatus.CREATED, location=location)


class Documents(FileView):
    """The documents of the desk."""

    permissions = {
        "GET": (Permission.DOCUMENT_READ, Scope.MEMBERS_READ),
        "POST": (Permission.DOCUMENT_WRITE, Scope.MEMBERS_WRITE),
    }
    parameters = PageParameters
    use, kind = UploadKind.DOCUMENT, DocumentInput

    @told.LIST_DOCUMENTS
    def get(self, request: Request) -> HttpResponse:
        """A page of documents, newest first."""
        values = self.asked()
        found = documents_of(self.actor)
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page([file_document(one) for one in page.rows], (page.previous, page.next))

    @told.ADD_DOCUMENT
    def post(self, request: Request) -> HttpResponse:
        """A new one; the same again is the one that is there."""
        try:
            upload = add_document(self.actor, inspected=self.inspected, title=self.values["title"])
        except Unfit as error:
            name = "title" if error.code not in ("quota", "no_room") else "file"
            raise ValidationError({name: error.messages}) from None
        where = reverse("api:document", args=[self.organization.slug, upload.pk])
        return self.made(upload, where)


class OneDocument(FileView):
    """One document."""

    permissions = {
        "GET": (Permission.DOCUMENT_READ, Scope.MEMBERS_READ),
        "DELETE": (Permission.DOCUMENT_WRITE, Scope.MEMBERS_WRITE),
    }

    @told.GET_DOCUMENT
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Its bytes, too."""
        return self.whole(documents_of(self.actor).get(pk=pk))

    @told.DELETE_DOCUMENT
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it away; it can be brought back at the desk."""
        delete_upload(self.actor, upload=documents_of(self.actor).get(pk=pk))
        return self.answer()


class Logo(FileView):
    """The logo."""

    permissions = {
        "GET": (Permission.ORGANIZATION_READ, Scope.DIRECTORY_READ),
        "POST": (Permission.ORGANIZATION_EDIT, Scope.DIRECTORY_WRITE),
        "DELETE": (Permission.ORGANIZATION_EDIT, Scope.DIRECTORY_WRITE),
    }
    use, kind = UploadKind.LOGO, LogoInput

    @told.GET_LOGO
    def get(self, request: Request) -> HttpResponse:
        """Its bytes, too."""
        return self.whole(logo_of(self.actor))

    @told.SET_LOGO
    def post(self, request: Request) -> HttpResponse:
        """Another one."""
        try:
            logo = set_logo(self.actor, inspected=self.inspected)
        except Unfit as error:
            raise ValidationError({"file": error.messages}) from None
        return self.made(logo, reverse("api:logo", args=[self.organization.slug]))

    @told.DELETE_LOGO
    def delete(self, request: Request) -> HttpResponse:
        """Take it away."""
        remove_logo(self.actor)
        return self.answer()


class Photo(FileView):
    """The photo of one program."""

    permissions = {
        "GET": (Permission.PROGRAM_READ, Scope.DIRECTORY_READ),
        "POST": (Permission.PROGRAM_EDIT, Scope.DIRECTORY_WRITE),
        "DELETE": (Permission.PROGRAM_EDIT, Scope.DIRECTORY_WRITE),
    }
    use, kind = UploadKind.PHOTO, PhotoInput

    @told.GET_PHOTO
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Its bytes, too."""
        return self.whole(photo_of(self.actor, self._program(pk).pk))

    @told.SET_PHOTO
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Another one."""
        program = self._program(pk)
        try:
            photo = set_photo(
                self.actor,
                program=program,
                inspected=self.inspected,
                alt=self.values["alt"],
                has_looked=self.values[CONFIRM_TEXTS],
            )
        except Unfit as error:
            if hasattr(error, "error_dict"):
                raise
            name = "file" if error.code in ("quota", "no_room") else "alt"
            raise ValidationError({name: error.messages}) from None
        return self.made(photo, reverse("api:photo", args=[self.organization.slug, pk]))

    @told.DELETE_PHOTO
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it away."""
        remove_photo(self.actor, program=self._program(pk))
        return self.answer()

    def _program(self, pk: UUID) -> Program:
        return program_by_id(self.actor, pk)


class Exports(TenantView):
    """All that the organization has here, in one archive."""

    permissions = {
        "GET": (Permission.ORGANIZATION_EXPORT, Scope.MEMBERS_READ),
        "POST": (Permission.ORGANIZATION_EXPORT, Scope.MEMBERS_WRITE),
    }

    @told.LIST_EXPORTS
    def get(self, request: Request) -> HttpResponse:
        """What can be fetched at the desk."""
        return self.answer({"results": [export_document(one) for one in exports_of(self.actor)]})

    @told.ASK_FOR_EXPORT
    def post(self, request: Request) -> HttpResponse:
        """Make one, or wait for a second owner."""
        waiting = ask_for_export(self.actor, **self.input(ExportInput))
        made = None if waiting else exports_of(self.actor).first()
        return self.answer(
            {
                "is_waiting": waiting is not None,
                "export": export_document(made) if made else None,
            }
        )
