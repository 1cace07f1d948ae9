"""Facts about places that an organization states in its name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.stated import GET_CLAIM, LIST_CLAIMS, STATE_CLAIM, WITHDRAW_CLAIM
from api.v1.serializers.stated import own_claim_document
from api.v1.shell.confirming import looked_in
from api.v1.shell.versions import stale
from api.v1.tenant import TenantView
from api.v1.views.stated import address_of, place_in, raw_body
from directory.actions.stating import StaleError, state_facility, withdraw_claim
from directory.queries.cursor import page_in_order
from directory.queries.stated import CLAIMS, claims_of
from network.enums import Scope
from network.permissions import Permission


class OwnClaims(TenantView):
    """What the organization states now, and a new statement."""

    permissions = {
        "GET": (Permission.LEDGER_WRITE, Scope.DIRECTORY_READ),
        "POST": (Permission.LEDGER_WRITE, Scope.DIRECTORY_WRITE),
    }
    parameters = PageParameters

    @LIST_CLAIMS
    def get(self, request: Request) -> HttpResponse:
        """A page of claims, newest first."""
        values = self.asked()
        found = claims_of(self.actor)
        page = page_in_order(found, CLAIMS, cursor_in(values, CLAIMS), page_size(values))
        rows = [own_claim_document(one) for one in page.rows]
        return self.page(rows, (page.previous, page.next))

    @STATE_CLAIM
    def post(self, request: Request) -> HttpResponse:
        """The claim that was made.

        Raises:
            Refusal: 409, a colleague was faster.
            ValidationError: by the names of the fields.
        """
        values = raw_body(self.request)
        looked = looked_in(values)
        place, seen = place_in(values), _seen(values.pop("seen", None))
        try:
            made = state_facility(
                self.actor, facility=place, values=values, seen=seen, has_looked=looked
            )
        except StaleError as error:
            present = error.present
            raise stale(own_claim_document(present) if present else None) from None
        where = address_of("own_claim", self.organization.slug, made.pk)
        return self.answer(own_claim_document(made), status=201, location=where)


class OneOwnClaim(TenantView):
    """One present claim."""

    permissions = {
        "GET": (Permission.LEDGER_WRITE, Scope.DIRECTORY_READ),
        "DELETE": (Permission.LEDGER_WRITE, Scope.DIRECTORY_WRITE),
    }

    @GET_CLAIM
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The claim of an id."""
        return self.answer(own_claim_document(claims_of(self.actor).get(pk=pk)))

    @WITHDRAW_CLAIM
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it back."""
        withdraw_claim(self.actor, claim=claims_of(self.actor).get(pk=pk))
        return self.answer()


def _seen(value: object) -> UUID | None:
    """The claim that the sender began from.

    Raises:
        ValidationError: it is no id.
    """
    try:
        return None if value is None else UUID(str(value))
    except ValueError:
        raise ValidationError({"seen": ["Send the `id` of a claim, or null."]}) from None
