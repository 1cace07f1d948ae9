"""Who a token acts for, where, and until when."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.operations.me import GET_ME
from api.v1.serializers.me import me_document
from api.v1.tenant import BearerView
from network.queries.memberships import memberships_of


class Me(BearerView):
    """The person of the token, their roles, and what the token is for."""

    @GET_ME
    def get(self, request: Request) -> HttpResponse:
        """The same for every scope and role."""
        return self.answer(me_document(self.token, memberships_of(self.actor)))
