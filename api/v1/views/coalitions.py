"""Coalitions of an organization, and organizations of a coalition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.coalitions import ACCEPT, ASK, END, GET_TIE, LIST_TIES, REFUSE
from api.v1.serializers.coalitions import tie_document
from api.v1.shell.inputs import Input, Text
from api.v1.tenant import TenantView
from directory.actions.coalitions import (
    accept_membership,
    ask_membership,
    end_coalition_membership,
    refuse_membership,
)
from directory.queries.coalitions import tie_of, ties_as
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from network.enums import Scope
from network.models import CoalitionMembership
from network.permissions import Permission
from network.queries.coalitions import coalition_memberships_of

OLDEST = Order("coalitions oldest", ("created_at", "id"), moment, UUID)
# Where in what was sent a refusal belongs; all others are of the whole.
OF_SLUG = ("missing", "agreed", "open", "refused")
Act = Callable[..., CoalitionMembership]


class AskInput(Input):
    """Whom to ask."""

    organization = Text(max_length=160)


class _TieView(TenantView):
    def told(self, row: CoalitionMembership) -> dict[str, Any]:
        """The document of one row."""
        [tie] = ties_as(self.actor, [row])
        return tie_document(tie, self.organization.pk)


class Coalitions(_TieView):
    """Who belongs together, and what was asked."""

    permissions = {
        "GET": (Permission.ORGANIZATION_READ, Scope.MEMBERS_READ),
        "POST": (Permission.COALITION_MANAGE, Scope.MEMBERS_WRITE),
    }
    parameters = PageParameters

    @LIST_TIES
    def get(self, request: Request) -> HttpResponse:
        """A page of them, the oldest first."""
        values = self.asked()
        found = coalition_memberships_of(self.actor)
        page = page_in_order(found, OLDEST, cursor_in(values, OLDEST), page_size(values))
        ties = ties_as(self.actor, page.rows)
        rows = [tie_document(one, self.organization.pk) for one in ties]
        return self.page(rows, (page.previous, page.next))

    @ASK
    def post(self, request: Request) -> HttpResponse:
        """Ask the other side.

        Raises:
            ValidationError: by field, or of the whole; 400.
        """
        values = self.input(AskInput)
        try:
            made = ask_membership(self.actor, slug=values["organization"])
        except ValidationError as error:
            if error.code in OF_SLUG:
                raise ValidationError({"organization": error.messages}) from error
            raise
        where = reverse("api:coalition", args=[self.organization.slug, made.pk])
        return self.answer(self.told(made), status=201, location=where)


class OneCoalition(_TieView):
    """One membership or ask."""

    permissions = {"GET": (Permission.ORGANIZATION_READ, Scope.MEMBERS_READ)}

    @GET_TIE
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Who it is with and how it stands."""
        return self.answer(tie_document(tie_of(self.actor, pk), self.organization.pk))


class _ActView(_TieView):
    permissions = {"POST": (Permission.COALITION_MANAGE, Scope.MEMBERS_WRITE)}

    def done(self, act: Act, pk: UUID) -> HttpResponse:
        """What was made of it.

        Raises:
            CoalitionMembership.DoesNotExist: there is none, or it is over; 404.
        """
        membership = tie_of(self.actor, pk).membership
        return self.answer(self.told(act(self.actor, membership=membership)))


class AcceptCoalition(_ActView):
    """Saying yes."""

    @ACCEPT
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Belong together."""
        return self.done(accept_membership, pk)


class RefuseCoalition(_ActView):
    """Saying no."""

    @REFUSE
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Let the ask be over."""
        return self.done(refuse_membership, pk)


class EndCoalition(_ActView):
    """Leaving, or letting somebody go."""

    @END
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """End it at once."""
        return self.done(end_coalition_membership, pk)
