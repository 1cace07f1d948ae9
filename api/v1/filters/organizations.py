"""Parameters of the list of organizations."""

from __future__ import annotations

from rest_framework import serializers

from api.v1.filters.listings import COUNTRY, choice_of
from api.v1.filters.paging import PageParameters
from network.enums import OrganizationKind


class OrganizationParameters(PageParameters):
    """Country and kind, and a page."""

    country = serializers.RegexField(
        COUNTRY,
        required=False,
        error_messages={"invalid": "Write the two letters of a country, for example FR."},
    )
    kind = choice_of(OrganizationKind.values)
