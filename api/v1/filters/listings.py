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


def country_field() -> serializers.RegexField:
    """The code of a country."""
    return serializers.RegexField(
        COUNTRY,
        required=False,
        help_text="Two letters of ISO 3166-1, in capitals or not.",
        error_messages={"invalid": "Write the two letters of a country, for example FR."},
    )


def _slug(about: str) -> serializers.RegexField:
    return serializers.RegexField(
        SLUG,
        max_length=160,
        required=False,
        help_text=about,
        error_messages={
            "invalid": "Take the last part of the address of its page, for example at-vordernberg."
        },
    )


class ListingParameters(Parameters):
    """The filters of the contract; a slug that nothing has finds nothing."""

    q = WordsField()
    country = country_field()
    language = serializers.RegexField(
        LANGUAGE,
        max_length=12,
        required=False,
        help_text="A language spoken by the group, BCP 47.",
        error_messages={"invalid": "Write the code of a language, for example ar."},
    )
    service = choice_of(Service.values, help_text="What the group offers.")
    facility = _slug("The slug of a place of detention that it visits.")
    organization = _slug("The slug of the organization.")
    coalition = _slug("The slug of a coalition that it belongs to.")
    status = choice_of(ProgramStatus.values, help_text="Whether it is at work.")
    freshness = choice_of(
        Freshness.values, help_text="How long ago it was confirmed, or its source dated."
    )
    claim = choice_of(Claim.values, help_text="Who wrote the entry.")

    @staticmethod
    def wanted(values: dict[str, Any]) -> ListingFilter:
        """What valid parameters ask for."""
        asked = {name: values[name] for name in FILTERS if name in values}
        if "country" in asked:
            asked["country"] = asked["country"].upper()
        return ListingFilter(**asked)
