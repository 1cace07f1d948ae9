"""Rules for a visit that an organization writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.stated import (
    ADD_RULE,
    CONFIRM_RULE,
    EDIT_RULE,
    GET_RULE,
    LIST_RULES,
    WITHDRAW_RULE,
)
from api.v1.serializers.stated import own_rule_document
from api.v1.shell.confirming import looked_in
from api.v1.shell.versions import stale
from api.v1.tenant import TenantView
from api.v1.views.stated import address_of, place_in, raw_body
from directory.actions.stating import (
    StaleError,
    add_visiting_rule,
    confirm_visiting_rule,
    edit_visiting_rule,
    withdraw_visiting_rule,
)
from directory.actions.stating.rule_values import FIELDS
from directory.models import VisitingRule
from directory.queries.cursor import page_in_order
from directory.queries.stated import RULES, rules_of
from network.enums import Scope
from network.permissions import Permission

_READ = (Permission.LEDGER_WRITE, Scope.DIRECTORY_READ)
_WRITE = (Permission.LEDGER_WRITE, Scope.DIRECTORY_WRITE)


class OwnRules(TenantView):
    """The rules that the organization wrote, and new ones."""

    permissions = {"GET": _READ, "POST": _WRITE}
    parameters = PageParameters

    @LIST_RULES
    def get(self, request: Request) -> HttpResponse:
        """A page of rules, last changed first."""
        values = self.asked()
        found = rules_of(self.actor)
        page = page_in_order(found, RULES, cursor_in(values, RULES), page_size(values))
        rows = [own_rule_document(one) for one in page.rows]
        return self.page(rows, (page.previous, page.next))

    @ADD_RULE
    def post(self, request: Request) -> HttpResponse:
        """The rules that were made."""
        values = raw_body(self.request)
        looked = looked_in(values)
        made = add_visiting_rule(
            self.actor, facility=place_in(values), values=values, has_looked=looked
        )
        where = address_of("own_rule", self.organization.slug, made.pk)
        return self.answer(own_rule_document(made), status=201, location=where)


class OneOwnRule(TenantView):
    """The rules for one kind of visitor at one place."""

    permissions = {"GET": _READ, "PATCH": _WRITE, "DELETE": _WRITE}

    @GET_RULE
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The rules of an id."""
        rule = rules_of(self.actor).get(pk=pk)
        return self.answer(own_rule_document(rule), version=rule.version)

    @EDIT_RULE
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """The rules as they are now; what was not sent is kept.

        Raises:
            Refusal: 409, a colleague changed them meanwhile.
            ValidationError: by the names of the fields.
        """
        rule = rules_of(self.actor).get(pk=pk)
        self.check_version(rule.version, own_rule_document(rule))
        values: dict[str, Any] = {name: getattr(rule, name) for name in FIELDS}
        values |= raw_body(self.request)
        looked = looked_in(values)
        try:
            made = edit_visiting_rule(
                self.actor, rule=rule, values=values, version=rule.version, has_looked=looked
            )
        except StaleError as error:
            present = error.present
            raise stale(_document(present)) from None
        return self.answer(own_rule_document(made), version=made.version)

    @WITHDRAW_RULE
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Take them back."""
        rule = rules_of(self.actor).get(pk=pk)
        self.check_version(rule.version, own_rule_document(rule))
        withdraw_visiting_rule(self.actor, rule=rule)
        return self.answer()


class ConfirmRule(TenantView):
    """The rules hold today."""

    permissions = {"POST": _WRITE}

    @CONFIRM_RULE
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The rules, confirmed.

        Raises:
            Refusal: 409, a colleague withdrew them at this moment.
        """
        try:
            rule = confirm_visiting_rule(self.actor, rule=rules_of(self.actor).get(pk=pk))
        except StaleError:
            raise stale(None) from None
        return self.answer(own_rule_document(rule))


def _document(rule: VisitingRule | None) -> dict[str, Any] | None:
    return own_rule_document(rule) if rule else None
