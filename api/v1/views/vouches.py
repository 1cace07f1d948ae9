"""Where a group reads who asks it to vouch, and answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.vouches import (
    DECLINE_VOUCH,
    GET_VOUCH,
    GIVE_VOUCH,
    LIST_VOUCHES,
    WITHDRAW_VOUCH,
)
from api.v1.serializers.vouches import asked_vouch
from api.v1.shell.confirming import LookedInput, looked_in
from api.v1.shell.inputs import Text
from api.v1.tenant import TenantView
from directory.actions.applying import decline_vouch, give_vouch, withdraw_vouch
from directory.models import Vouch
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from directory.queries.vouches import vouches_asked_of
from network.enums import Scope
from network.permissions import Permission

NEWEST = Order("vouches newest", ("created_at", "id"), moment, UUID, is_descending=True)


class StatementInput(LookedInput):
    """A vouch."""

    statement = Text(max_length=2000, allow_blank=True)


class Vouches(TenantView):
    """Who asked, and what was answered."""

    permissions = {"GET": (Permission.VOUCH_GIVE, Scope.DIRECTORY_READ)}
    parameters = PageParameters

    @LIST_VOUCHES
    def get(self, request: Request) -> HttpResponse:
        """A page of them, newest first."""
        values = self.asked()
        found = vouches_asked_of(self.actor)
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page([asked_vouch(one) for one in page.rows], (page.previous, page.next))


class OneVouch(TenantView):
    """One request to vouch."""

    permissions = {"GET": (Permission.VOUCH_GIVE, Scope.DIRECTORY_READ)}

    @GET_VOUCH
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """What the group that asks says of itself."""
        return self.answer(asked_vouch(vouches_asked_of(self.actor).get(pk=pk)))


class _ActView(TenantView):
    permissions = {"POST": (Permission.VOUCH_GIVE, Scope.DIRECTORY_WRITE)}

    def found(self, pk: UUID) -> Vouch:
        """What the group was asked.

        Raises:
            Vouch.DoesNotExist: it was not; 404.
        """
        return vouches_asked_of(self.actor).get(pk=pk)

    def told(self, pk: UUID) -> HttpResponse:
        """What it is now."""
        return self.answer(asked_vouch(self.found(pk)))


class GiveVouch(_ActView):
    """Vouching."""

    @GIVE_VOUCH
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The vouch that was given."""
        found, values = self.found(pk), self.input(StatementInput)
        looked = looked_in(values)
        give_vouch(self.actor, vouch=found, statement=values["statement"], has_looked=looked)
        return self.told(pk)


class DeclineVouch(_ActView):
    """Declining."""

    @DECLINE_VOUCH
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The request that was declined."""
        decline_vouch(self.actor, vouch=self.found(pk))
        return self.told(pk)


class WithdrawVouch(_ActView):
    """Taking back what was given."""

    @WITHDRAW_VOUCH
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The vouch that was taken back."""
        withdraw_vouch(self.actor, vouch=self.found(pk))
        return self.told(pk)
