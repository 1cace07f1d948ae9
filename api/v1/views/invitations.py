"""Invitations into an organization."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.members import (
    GET_INVITATION,
    INVITE,
    LIST_INVITATIONS,
    REVOKE_INVITATION,
)
from api.v1.serializers.members import invitation_document
from api.v1.shell.inputs import Choice, Input, Text
from api.v1.tenant import TenantView
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from network.actions.invitations import invite_member, revoke_invitation
from network.enums import Role, Scope
from network.permissions import Permission
from network.queries.invitations import invitations_of

# Where in what was sent a refusal belongs.
FIELDS = {"email": "email", "second_owner": "role"}
NEWEST = Order("invitations newest", ("created_at", "id"), moment, UUID, is_descending=True)


class InvitationInput(Input):
    """Somebody to invite."""

    email = Text(max_length=254)
    role = Choice(choices=Role.values)
    language = Choice(choices=[code for code, _name in settings.LANGUAGES], default="en")


class Invitations(TenantView):
    """Open invitations."""

    permissions = {
        "GET": (Permission.MEMBER_MANAGE, Scope.MEMBERS_READ),
        "POST": (Permission.MEMBER_MANAGE, Scope.MEMBERS_WRITE),
    }
    parameters = PageParameters

    @LIST_INVITATIONS
    def get(self, request: Request) -> HttpResponse:
        """A page of them, newest first."""
        values = self.asked()
        found = invitations_of(self.actor)
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        rows = [invitation_document(self.actor, one) for one in page.rows]
        return self.page(rows, (page.previous, page.next))

    @INVITE
    def post(self, request: Request) -> HttpResponse:
        """Send a link."""
        values = self.input(InvitationInput)
        try:
            made = invite_member(
                self.actor,
                organization=self.organization,
                email=values["email"],
                role=Role(values["role"]),
                language=values["language"],
            )
        except ValidationError as error:
            field = FIELDS.get(error.code or "")
            raise (ValidationError({field: error.messages}) if field else error) from error
        address = reverse("api:invitation", args=[self.organization.slug, made.pk])
        return self.answer(invitation_document(self.actor, made), status=201, location=address)


class OneInvitation(TenantView):
    """One open invitation."""

    permissions = {
        "GET": (Permission.MEMBER_MANAGE, Scope.MEMBERS_READ),
        "DELETE": (Permission.MEMBER_MANAGE, Scope.MEMBERS_WRITE),
    }

    @GET_INVITATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """What it offers."""
        return self.answer(invitation_document(self.actor, invitations_of(self.actor).get(pk=pk)))

    @REVOKE_INVITATION
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Let its link work no more."""
        found = invitations_of(self.actor).select_related("organization").get(pk=pk)
        revoke_invitation(self.actor, invitation=found)
        return self.answer()
