"""Parameters of the lists of HSDS: those of the specification that can be met here, no others.

`minimal` would answer with services that are none by the specification; `postcode` and `proximity`
ask for postal codes, which nothing here has.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework import serializers

from api.hsds.serializers.terms import TAXONOMY_ID, service_of_term
from api.v1.filters.parameters import Parameters, WordsField
from directory.enums import Service
from directory.queries.providers import ProviderFilter
from directory.queries.services import ServiceFilter

PER_PAGE = 50
MOST_PER_PAGE = 100
LAST_PAGE = 1_000_000
_YES, _NO = "true", "false"


def _number(most: int, default: int, about: str) -> serializers.IntegerField:
    hint = f"Write a whole number from 1 to {most}."
    errors: dict[str, Any] = dict.fromkeys(
        ("invalid", "min_value", "max_value", "max_string_length"), hint
    )
    return serializers.IntegerField(
        min_value=1, max_value=most, default=default, error_messages=errors, help_text=about
    )


def _flag(about: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(
        [_YES, _NO],
        default=_NO,
        error_messages={"invalid_choice": "Write true or false."},
        help_text=about,
    )


def _id(about: str) -> serializers.UUIDField:
    hint = "Write an id as it stands in an answer, for example in the field id."
    return serializers.UUIDField(required=False, error_messages={"invalid": hint}, help_text=about)


class PageParameters(Parameters):
    """Which page of a list, and how long; more than 100 rows are never given."""

    page = _number(LAST_PAGE, 1, "Which page. One beyond the last is empty.")
    per_page = _number(
        LAST_PAGE, PER_PAGE, "How many rows a page has. More than 100 counts as 100."
    )
    format = serializers.ChoiceField(
        ["json"],
        default="json",
        error_messages={"invalid_choice": "Write json or leave it out."},
        help_text="The form of the answer; there is one.",
    )

    def validate_per_page(self, value: int) -> int:
        """The number of rows that a page may have; the answer says how many pages that makes."""
        return min(value, MOST_PER_PAGE)


class TermParameters(PageParameters):
    """Words of one taxonomy."""

    taxonomy_id = _id("The taxonomy whose words are wanted.")


class OfferParameters(PageParameters):
    """What lists of services and of organizations have in common."""

    search = WordsField()
    taxonomy_id = _id("What offers anything that is in this taxonomy.")
    taxonomy_term_id = _id("What offers this, by the id of its term.")
    full = _flag("Whether each row has all that belongs to it.")

    def validate_full(self, value: str) -> bool:
        """Whether everything is asked for."""
        return value == _YES


class ServiceParameters(OfferParameters):
    """Services, and services at locations."""

    organization_id = _id("What this organization offers.")
    modified_after = serializers.DateTimeField(
        required=False,
        error_messages={
            "invalid": "Write a moment as 2026-05-01T00:00:00Z.",
            "overflow": "Write a moment as 2026-05-01T00:00:00Z.",
        },
        help_text="What has changed at this moment or later: ISO 8601, in UTC unless it says "
        "otherwise.",
    )

    @staticmethod
    def wanted(values: dict[str, Any]) -> ServiceFilter:
        """What valid parameters ask for."""
        since: dt.datetime | None = values.get("modified_after")
        provider: UUID | None = values.get("organization_id")
        return ServiceFilter(values.get("search", ""), services_asked(values), provider, since)


class OrganizationParameters(OfferParameters):
    """Organizations; `full_service` gives what they offer in full."""

    full_service = _flag("Whether what is offered is told in full.")

    def validate_full_service(self, value: str) -> bool:
        """Whether the services are asked for in full."""
        return value == _YES

    @staticmethod
    def wanted(values: dict[str, Any]) -> ProviderFilter:
        """What valid parameters ask for."""
        return ProviderFilter(values.get("search", ""), services_asked(values))


class OneOrganizationParameters(Parameters):
    """How much of what an organization offers."""

    full_service = _flag("Whether what is offered is told in full.")

    def validate_full_service(self, value: str) -> bool:
        """Whether the services are asked for in full."""
        return value == _YES


def services_asked(values: dict[str, Any]) -> tuple[str, ...] | None:
    """The services that a taxonomy and a term ask for together; nothing where neither is given.

    A term or a taxonomy that is none of ours finds nothing.
    """
    asked: tuple[str, ...] | None = None
    if "taxonomy_id" in values:
        asked = tuple(Service.values) if str(values["taxonomy_id"]) == TAXONOMY_ID else ()
    if "taxonomy_term_id" in values:
        service = service_of_term(values["taxonomy_term_id"])
        is_met = service is not None and asked != ()
        asked = (service.value,) if service is not None and is_met else ()
    return asked
