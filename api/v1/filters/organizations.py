"""Parameters of the list of organizations."""

from __future__ import annotations

from api.v1.filters.listings import choice_of, country_field
from api.v1.filters.paging import PageParameters
from network.enums import OrganizationKind


class OrganizationParameters(PageParameters):
    """Country and kind, and a page."""

    country = country_field()
    kind = choice_of(OrganizationKind.values, help_text="What it is to the network.")
