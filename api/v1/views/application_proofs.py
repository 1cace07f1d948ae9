"""How a group that applies proves who it is: vouching groups, and mails to an entry's website."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.vouches import (
    ASK_VOUCH,
    LIST_APPLICATION_VOUCHES,
    LIST_PROOFS,
    SEND_PROOF,
)
from api.v1.serializers.vouches import application_vouch, proof_document
from api.v1.shell.confirming import LookedInput, looked_in
from api.v1.shell.inputs import Input, Text
from api.v1.views.applications import ApplicationView
from directory.actions.applying import ask_vouch, send_proof
from directory.models import Application, OrganizationCard
from directory.queries.applications import proofs_of
from directory.queries.cards import card_by_slug
from directory.queries.cursor import page_in_order
from directory.queries.mentors import cards_of
from directory.queries.orders import Order, moment
from directory.queries.proofs import proof_domain
from directory.queries.vouches import independence, vouches_for
from network.enums import Scope
from network.permissions import Permission

NEWEST = Order("proofs newest", ("created_at", "id"), moment, UUID, is_descending=True)
PERMISSIONS = {
    "GET": (Permission.APPLICATION_WRITE, Scope.DIRECTORY_READ),
    "POST": (Permission.APPLICATION_WRITE, Scope.DIRECTORY_WRITE),
}


class VouchInput(LookedInput):
    """A group to ask."""

    organization = Text(max_length=160)
    message = Text(max_length=400, allow_blank=True, default="")


class ProofInput(Input):
    """Where to send a mail."""

    local_part = Text(max_length=64, allow_blank=True)


class ApplicationVouches(ApplicationView):
    """Whom the group asked to vouch."""

    permissions = PERMISSIONS

    @LIST_APPLICATION_VOUCHES
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """All of them: five at most."""
        return self.answer({"results": self._documents(self.found(pk))})

    @ASK_VOUCH
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """What was asked.

        Raises:
            ValidationError: by field; a group that cannot vouch and none are told alike.
        """
        values = self.input(VouchInput)
        application = self.found(pk)
        try:
            card = card_by_slug(values["organization"])
            vouch = ask_vouch(
                self.actor,
                application=application,
                card=card,
                message=values["message"],
                has_looked=looked_in(values),
            )
        except (OrganizationCard.DoesNotExist, ValidationError) as error:
            is_found = isinstance(error, ValidationError)
            if is_found and getattr(error, "code", "") != "group":
                raise
            message = _("This group cannot vouch for you.")
            raise ValidationError({"organization": [message]}) from error
        [told] = [one for one in self._documents(application) if one["id"] == vouch.pk]
        return self.answer(told)

    def _documents(self, application: Application) -> list[dict[str, object]]:
        rows = [one for one, _name in vouches_for(self.actor, application)]
        cards = cards_of(one.organization_id for one in rows)
        judged = {one.vouch_id: one for one in independence(self.actor, application)}
        return [
            application_vouch(one, cards.get(one.organization_id), judged.get(one.pk))
            for one in rows
        ]


class ApplicationProofs(ApplicationView):
    """Mails of proof of a claim."""

    permissions = PERMISSIONS
    parameters = PageParameters

    @LIST_PROOFS
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """A page of them, newest first."""
        values, application = self.asked(), self.found(pk)
        rows = proofs_of(self.actor, application)
        page = page_in_order(rows, NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page(
            [proof_document(one) for one in page.rows],
            (page.previous, page.next),
            domain=proof_domain(application),
        )

    @SEND_PROOF
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The mail that is on its way."""
        values = self.input(ProofInput)
        application = self.found(pk)
        proof = send_proof(self.actor, application=application, local_part=values["local_part"])
        return self.answer(proof_document(proof))
