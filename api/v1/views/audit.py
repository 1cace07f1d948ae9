"""The log of an organization."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.filters.audit import AuditParameters
from api.v1.filters.paging import cursor_in, page_size
from api.v1.operations.members import LIST_AUDIT
from api.v1.serializers.members import entry_document
from api.v1.tenant import TenantView
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from network.enums import Scope
from network.permissions import Permission
from network.queries.audit import audit_of
from network.queries.members import names_of

NEWEST = Order("audit newest", ("created_at", "id"), moment, UUID, is_descending=True)


class Audit(TenantView):
    """Who did what and when."""

    permissions = {"GET": (Permission.AUDIT_READ, Scope.MEMBERS_READ)}
    parameters = AuditParameters

    @LIST_AUDIT
    def get(self, request: Request) -> HttpResponse:
        """A page of entries, newest first."""
        values = self.asked()
        found = audit_of(self.actor, verb=values.get("verb", ""), person_id=values.get("person"))
        page = page_in_order(found, NEWEST, cursor_in(values, NEWEST), page_size(values))
        names = names_of(self.actor)
        rows = [entry_document(one, names) for one in page.rows]
        return self.page(rows, (page.previous, page.next))
