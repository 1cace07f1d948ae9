"""Places of detention and countries in the words of schema.org."""

from __future__ import annotations

from directory.enums import OperatorKind
from directory.models import Country, Facility
from frontend.addresses import address_of
from frontend.linked_data.nodes import (
    Node,
    document,
    land,
    node,
    page_about,
    point,
    postal_address,
)


def data_of_facility(place: Facility) -> Node:
    """A place with its town and point; a building of the government where the state runs it.

    No hours: a rule and an entry of the ledger hold for one kind of visitor, which hours cannot
    say.
    """
    kind = "GovernmentBuilding" if place.operator_kind == OperatorKind.STATE else "Place"
    return document(
        node(
            kind,
            place.pk,
            name=place.name,
            url=address_of("facility", place.slug),
            address=postal_address(place),
            geo=point(place),
            containedInPlace=land(place.country),
            mainEntityOfPage=page_about(place),
        )
    )


def data_of_country(country: Country) -> Node:
    """A country by its name and code; what is known of it stands in tables on its page."""
    return document(land(country) | node("Country", mainEntityOfPage=page_about()))
