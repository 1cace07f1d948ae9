"""What the public would read of a program if it were published now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.enums import Claim
from directory.models import (
    Facility,
    Listing,
    ListingFacility,
    OrganizationCard,
    Program,
)
from directory.queries.publication import publication_of


@dataclass(frozen=True, slots=True)
class Preview:
    """A listing that is not saved, with the places it would show; and what it would not.

    `problems` say why it cannot be published as it is; without a country there is no listing.
    """

    listing: Listing | None
    waiting: dict[str, Any]
    problems: list[ValidationError]


def preview_of(program: Program, card: OrganizationCard) -> Preview:
    """The listing that publishing would write, by the same reading. Nine queries.

    `card` is the public card of its group, saved or not.
    """
    present = Listing.objects.select_related("country").filter(pk=program.pk, claim=Claim.OWN)
    found = publication_of(program, present.first())
    if found.values["country"] is None:
        return Preview(None, found.waiting, found.problems)
    listing = Listing(
        pk=program.pk,
        claim=Claim.OWN,
        organization=card,
        confirmed_on=timezone.localdate(),
        **found.values,
    )
    known = Facility.objects.in_bulk([place for _name, place in found.places if place])
    visits = [
        ListingFacility(
            listing=listing,
            facility=known.get(place) if place else None,
            name=name,
            position=position,
        )
        for position, (name, place) in enumerate(found.places)
    ]
    # As if it had been read with them: who shows it asks no further.
    vars(listing)["_prefetched_objects_cache"] = {"visits": visits}
    return Preview(listing, found.waiting, found.problems)
