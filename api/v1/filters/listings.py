"""Filters over public listings, the same for every operation that answers with them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.filters.parameters import Parameters, WordsField
from directory.enums import Claim, Freshness, ProgramStatus, Service
from directory.queries.listing_filters import ListingFilter

SLUG = r"\A[A-Za-z0-9_-]+(?:--[A-Za-z0-9.:-]+)?\Z"
LANGUAGE = r"\A[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z"
COUNTRY = r"\A[A-Za-z]{2}\Z"
FILTERS = (
    "q",
    "country",
    "language",
    "service",
    "facility",
    "organization",
    "coalition",
    "status",
    "freshness",
    "claim",
)


def choice_of(values: list[str], **kwargs: Any) -> serializers.ChoiceField:
    """One word of a vocabulary."""
    hint = f"Choose one of: {', '.join(values)}."
    return serializers.ChoiceField(
        values, required=False, error_messages={"invalid_choice": hint}, **kwargs
    )


def _slug() -> serializers.RegexField:
    return serializers.RegexField(
        SLUG,
        max_length=160,
        required=False,
        error_messages={
            "invalid": "Take the last part of the address of its page, for example at-vordernberg."
        },
    )


class ListingParameters(Parameters):
    """The filters of the contract; a slug that nothing has finds nothing."""

    q = WordsField()
    country = serializers.RegexField(
        COUNTRY,
        required=False,
        error_messages={"invalid": "Write the two letters of a country, for example FR."},
    )
    language = serializers.RegexField(
        LANGUAGE,
        max_length=12,
        required=False,
        error_messages={"invalid": "Write the code of a language, for example ar."},
    )
    service = choice_of(Service.values)
    facility = _slug()
    organization = _slug()
    coalition = _slug()
    status = choice_of(ProgramStatus.values)
    freshness = choice_of(Freshness.values)
    claim = choice_of(Claim.values)

    @staticmethod
    def wanted(values: dict[str, Any]) -> ListingFilter:
        """What valid parameters ask for."""
        asked = {name: values[name] for name in FILTERS if name in values}
        if "country" in asked:
            asked["country"] = asked["country"].upper()
        return ListingFilter(**asked)
