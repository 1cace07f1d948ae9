"""Who may speak to an organization: what it blocked, and whether it takes first contacts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations import contacts as told
from api.v1.serializers.conversations import block_document
from api.v1.shell.conversations import FirstContactsInput
from api.v1.tenant import TenantView
from api.v1.views.conversing import MANAGE, READ
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from messaging.actions.answering import take_requests, unblock
from messaging.queries.contacts import blocks_of, takes_requests

NEWEST = Order("blocks", ("created_at", "id"), moment, UUID, is_descending=True)


class Blocks(TenantView):
    """The organizations of which this one hears nothing."""

    permissions = {"GET": READ}
    parameters = PageParameters

    @told.LIST_BLOCKS
    def get(self, request: Request) -> HttpResponse:
        """A page of them, the newest first."""
        values = self.asked()
        found = blocks_of(self.actor)
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page([block_document(one) for one in page.rows], (page.previous, page.next))


class OneBlock(TenantView):
    """One of them."""

    permissions = {"DELETE": MANAGE}

    @told.UNBLOCK
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Let them speak again."""
        unblock(self.actor, organization_id=pk)
        return self.answer()


class FirstContacts(TenantView):
    """Whether organizations never spoken with may ask."""

    permissions = {"GET": READ, "POST": MANAGE}

    @told.GET_FIRST_CONTACTS
    def get(self, request: Request) -> HttpResponse:
        """What it says now."""
        return self.answer({"takes_requests": takes_requests(self.actor)})

    @told.SET_FIRST_CONTACTS
    def post(self, request: Request) -> HttpResponse:
        """What it says from now on."""
        values = self.input(FirstContactsInput)
        take_requests(self.actor, **values)
        return self.answer(values)
