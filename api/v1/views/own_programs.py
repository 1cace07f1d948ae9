"""The programs that an organization keeps: its working copies, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations import own_programs as told
from api.v1.serializers.own_programs import RelayInput, own_program_document
from api.v1.shell.bodies import body_of
from api.v1.shell.confirming import looked_in
from api.v1.shell.inputs import Input
from api.v1.shell.versions import stale
from api.v1.tenant import TenantView
from directory.actions.programs.confirming import confirm_program
from directory.actions.programs.deleting import delete_program
from directory.actions.programs.editing import StaleVersion, create_program, edit_program
from directory.actions.programs.releasing import confirm_held_change
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.relaying import switch_off_relay, switch_on_relay
from directory.queries.programs import (
    BY_SLUG,
    DeskProgram,
    desk_program,
    held_change_of,
    program_by_id,
    programs_of,
)
from network.enums import Scope
from network.permissions import Permission

READ = (Permission.PROGRAM_READ, Scope.DIRECTORY_READ)
EDIT = (Permission.PROGRAM_EDIT, Scope.DIRECTORY_WRITE)
PUBLISH = (Permission.PROGRAM_PUBLISH, Scope.DIRECTORY_WRITE)


class OwnProgramView(TenantView):
    """What the views of one program share."""

    def loaded(self, pk: UUID) -> DeskProgram:
        """The program.

        Raises:
            Program.DoesNotExist: the organization has no such program.
        """
        return desk_program(program_by_id(self.actor, pk))

    def told(self, pk: UUID, **more: Any) -> HttpResponse:
        """The program as it is now, with its version as the entity tag."""
        row = self.loaded(pk)
        return self.answer(own_program_document(row), version=row.program.version, **more)

    def sent(self) -> dict[str, Any]:
        """What was sent; the action checks it, field by field, as it does for the desk."""
        return dict(body_of(self.request._request))  # noqa: SLF001 - the framework's own way to what it wraps

    def at_version(self, pk: UUID, do: Callable[[DeskProgram, int], None]) -> None:
        """Do something to the version that `If-Match` names.

        Raises:
            Refusal: 428 without the header, 409 where it is not the present version.
        """
        row = self.loaded(pk)
        self.check_version(row.program.version, own_program_document(row))
        try:
            do(row, self.expected_version())
        except StaleVersion as error:
            # Somebody was faster by a moment.
            raise stale(own_program_document(self.loaded(pk))) from error


class OwnPrograms(OwnProgramView):
    """All programs of the organization."""

    permissions = {"GET": READ, "POST": EDIT}
    parameters = PageParameters

    @told.LIST_OWN_PROGRAMS
    def get(self, request: Request) -> HttpResponse:
        """A page of working copies, by slug."""
        values = self.asked()
        page = programs_of(self.actor, cursor_in(values, BY_SLUG), page_size(values))
        return self.page(
            [own_program_document(row) for row in page.rows], (page.previous, page.next)
        )

    @told.CREATE_PROGRAM
    def post(self, request: Request) -> HttpResponse:
        """A new one."""
        values = self.sent()
        looked = looked_in(values)
        program = create_program(self.actor, values=values, has_looked=looked)
        where = reverse("api:own_program", args=[self.organization.slug, program.pk])
        return self.told(program.pk, status=HTTPStatus.CREATED, location=where)


class OwnProgram(OwnProgramView):
    """One of them."""

    permissions = {
        "GET": READ,
        "PATCH": EDIT,
        "DELETE": (Permission.PROGRAM_DELETE, Scope.DIRECTORY_WRITE),
    }

    @told.GET_OWN_PROGRAM
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The working copy."""
        return self.told(pk)

    @told.CHANGE_PROGRAM
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """The working copy with what was sent."""

        def change(row: DeskProgram, version: int) -> None:
            values = self.sent()
            looked = looked_in(values)
            self.switch(row, values)
            edit_program(
                self.actor,
                program=row.program,
                base_version=version,
                values=values,
                has_looked=looked,
            )

        self.at_version(pk, change)
        return self.told(pk)

    def switch(self, row: DeskProgram, values: dict[str, Any]) -> None:
        """Let readers write to it, or let them no longer, where `relay` is sent; taken out."""
        if "relay" not in values:
            return
        if (wanted := values.pop("relay")) is None:
            switch_off_relay(self.actor, program=row.program)
            return
        if not isinstance(wanted, dict):
            raise ValidationError({"relay": ["Send an object with `email`, or null."]})
        switch_on_relay(
            self.actor,
            program=row.program,
            **RelayInput.of({"language": self.token.person.language, **wanted}),
        )

    @told.DELETE_PROGRAM
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Delete it, with seven days in which the desk can bring it back."""

        def delete(row: DeskProgram, version: int) -> None:
            delete_program(self.actor, program=row.program, base_version=version)

        self.at_version(pk, delete)
        return self.answer()


class PublishOwnProgram(OwnProgramView):
    """Publishing."""

    permissions = {"POST": PUBLISH}

    @told.PUBLISH_PROGRAM
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Show the public what was saved."""
        publish_program(self.actor, program=self.loaded(pk).program)
        return self.told(pk)


class UnpublishOwnProgram(OwnProgramView):
    """Taking the entry away."""

    permissions = {"POST": PUBLISH}

    @told.UNPUBLISH_PROGRAM
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Show the public nothing of it."""
        unpublish_program(self.actor, program=self.loaded(pk).program)
        return self.told(pk)


class Confirmation(Input):
    """Which change that waits is confirmed; none where only the day is."""

    held_until = serializers.DateTimeField(required=False)


class ConfirmOwnProgram(OwnProgramView):
    """Saying that it is still right, or that what waits is."""

    permissions = {"POST": PUBLISH}

    @told.CONFIRM_PROGRAM
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Date it today, or make public what waits until the moment that is sent."""
        row, sent = self.loaded(pk), self.input(Confirmation)
        if "held_until" not in sent:
            confirm_program(self.actor, program=row.program)
            return self.told(pk)
        held = held_change_of(row.program)
        if held is None or held.held_until != sent["held_until"]:
            raise stale(own_program_document(row))
        confirm_held_change(self.actor, held=held)
        return self.told(pk)
