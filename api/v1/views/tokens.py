"""Tokens of an organization: the list, and ending one. They are made at the desk only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.tokens import LIST_TOKENS, REVOKE_TOKEN
from api.v1.serializers.tokens import token_document
from api.v1.tenant import TenantView
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from network.actions.tokens import revoke_token
from network.enums import Scope
from network.models import ApiToken
from network.permissions import Permission
from network.queries.tokens import tokens_in, tokens_of

NEWEST = Order("tokens newest", ("created_at", "id"), moment, UUID, is_descending=True)


class Tokens(TenantView):
    """The tokens that the person may see: their own, or all where they manage them."""

    permissions = {"GET": (Permission.TOKEN_MAKE, Scope.MEMBERS_READ)}
    parameters = PageParameters

    @LIST_TOKENS
    def get(self, request: Request) -> HttpResponse:
        """A page of tokens, newest first; never their text."""
        values = self.asked()
        is_manager = self.may(Permission.TOKEN_MANAGE)
        found = (tokens_in if is_manager else tokens_of)(self.actor)
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page([token_document(one) for one in page.rows], (page.previous, page.next))


class OneToken(TenantView):
    """One token."""

    permissions = {"DELETE": (Permission.TOKEN_MAKE, Scope.MEMBERS_WRITE)}

    @REVOKE_TOKEN
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """End it, the token that asks included; ending it twice changes nothing."""
        is_manager = self.may(Permission.TOKEN_MANAGE)
        token: ApiToken = (tokens_in if is_manager else tokens_of)(self.actor).get(pk=pk)
        revoke_token(self.actor, token=token)
        return self.answer()
