"""Members of an organization, and their roles."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.problems import Refusal
from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.members import CHANGE_ROLE, END_MEMBERSHIP, GET_MEMBER, LIST_MEMBERS
from api.v1.serializers.members import member_document
from api.v1.shell.inputs import Choice, Input
from api.v1.tenant import TenantView
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from network.actions.members import change_role, remove_member
from network.actions.organizations import needs_second_owner
from network.enums import Role, Scope
from network.models import Membership
from network.permissions import Permission, Refused, can_assign
from network.queries.members import members_of, names_of

LONGEST = Order("members", ("created_at", "id"), moment, UUID)


class RoleInput(Input):
    """Another role."""

    role = Choice(choices=Role.values)


class Members(TenantView):
    """Everybody who belongs to the organization."""

    permissions = {"GET": (Permission.MEMBER_READ, Scope.MEMBERS_READ)}
    parameters = PageParameters

    @LIST_MEMBERS
    def get(self, request: Request) -> HttpResponse:
        """A page of members, who has belonged longest first."""
        values = self.asked()
        found = members_of(self.actor)
        page = page_in_order(found, LONGEST, cursor_in(values, LONGEST), page_size(values))
        names = names_of(self.actor)
        rows = [member_document(one, names.get(one.person_id, "")) for one in page.rows]
        return self.page(rows, (page.previous, page.next))


class OneMember(TenantView):
    """One member."""

    permissions = {
        "GET": (Permission.MEMBER_READ, Scope.MEMBERS_READ),
        "PATCH": (Permission.MEMBER_MANAGE, Scope.MEMBERS_WRITE),
        "DELETE": (Permission.MEMBER_MANAGE, Scope.MEMBERS_WRITE),
    }

    @GET_MEMBER
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """By name and role."""
        return self._told_of(members_of(self.actor).get(pk=pk))

    @CHANGE_ROLE
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Give another role."""
        role = Role(self.input(RoleInput)["role"])
        member = members_of(self.actor).get(pk=pk)
        self._want_one_owner(member, role)
        change_role(self.actor, membership=member, role=role)
        return self._told_of(members_of(self.actor).get(pk=pk))

    @END_MEMBERSHIP
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """End it."""
        member = members_of(self.actor).get(pk=pk)
        self._want_one_owner(member, None)
        remove_member(self.actor, membership=member)
        return self.answer()

    def _told_of(self, member: Membership) -> HttpResponse:
        return self.answer(member_document(member, names_of(self.actor).get(member.person_id, "")))

    def _want_one_owner(self, member: Membership, role: Role | None) -> None:
        """Refuse what another owner must confirm: that is asked for at the desk, by a person.

        Raises:
            Refused: the role, or the one given, stands above the actor's.
            Refusal: 409.
        """
        if not can_assign(self.actor, Role(member.role), role):
            raise Refused(Permission.MEMBER_MANAGE)
        if needs_second_owner(self.actor, member, role):
            raise Refusal(
                HTTPStatus.CONFLICT,
                detail="Another owner must confirm this. Ask for it at the desk.",
            )
