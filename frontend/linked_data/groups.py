"""Programs and organizations in the words of schema.org."""

from __future__ import annotations

from directory.enums import Claim, ProgramStatus, Service
from directory.models import Listing, ListingFacility, OrganizationCard
from frontend import texts
from frontend.addresses import address_of
from frontend.linked_data.nodes import (
    Node,
    document,
    in_language,
    land,
    moment,
    node,
    page_about,
    point,
    postal_address,
    web_addresses,
)


def data_of_program(listing: Listing) -> Node:
    """A service: who offers it, where, in which languages, and whether it is suspended.

    Contacts are left out: on the page they stand beside their age.
    """
    words = dict(Service.choices)
    about = texts.pick(listing.summaries) or texts.pick(listing.descriptions)
    return document(
        node(
            "Service",
            listing.pk,
            name=listing.name,
            alternateName=[in_language(name) for name in texts.other_names(listing)],
            description=in_language(about),
            url=address_of("program", listing.slug),
            sameAs=web_addresses(listing.website, listing.origin_url),
            serviceType=[str(words.get(value, value)) for value in listing.services],
            provider=_provider(listing),
            areaServed=[_place(visit) for visit in listing.visits.all()] or land(listing.country),
            hoursAvailable=_suspension(listing),
            availableChannel=_channel(listing),
            mainEntityOfPage=page_about(listing, dateModified=moment(listing.updated_at)),
        )
    )


def data_of_organization(card: OrganizationCard) -> Node:
    """An organization as its card shows it; of its programs each page speaks for itself."""
    return document(
        _organization(card)
        | node(
            _kind(card),
            alternateName=[in_language(name) for name in texts.other_names(card)],
            sameAs=web_addresses(card.website, card.origin_url),
            address=node("PostalAddress", addressCountry=card.country),
            knowsLanguage=card.languages,
            memberOf=[
                node("Organization", name=one["name"], url=address_of("organization", one["slug"]))
                for one in card.coalitions
            ],
            mainEntityOfPage=page_about(),
        )
    )


def _kind(card: OrganizationCard) -> str:
    """The type of an organization; only of a verified one it is said what it is."""
    return "NGO" if card.verified_since else "Organization"


def _organization(card: OrganizationCard) -> Node:
    address = address_of("organization", card.slug)
    return node(_kind(card), card.pk, name=card.name, url=address)


def _provider(listing: Listing) -> Node | None:
    """Who offers a program; an entry that its group did not write only names somebody."""
    card = listing.organization
    if card is not None and listing.claim != Claim.UNCLAIMED:
        return _organization(card)
    name = card.name if card is not None else listing.organization_name
    return node("Organization", name=name) if name else None


def _place(visit: ListingFacility) -> Node:
    """A place that a program visits; by its name alone where it is none of the directory's."""
    place = visit.facility
    if place is None:
        return node("Place", name=visit.name)
    return node("Place", place.pk, name=place.name, url=address_of("facility", place.slug))


def _channel(listing: Listing) -> Node | None:
    """In which languages and at which place one gets the service."""
    spot, closed = point(listing), _suspension(listing)
    is_said = listing.locality or listing.admin1 or spot or closed
    place = node(
        "Place",
        address=postal_address(listing),
        geo=spot,
        specialOpeningHoursSpecification=closed,
    )
    if not is_said and not listing.languages:
        return None
    return node(
        "ServiceChannel",
        availableLanguage=listing.languages,
        serviceLocation=place if is_said else None,
    )


def _suspension(listing: Listing) -> Node | None:
    """Closed by the authority: hours that never open, from the date of which this is stated.

    That date is the source's own or the day on which the group confirmed it. Since when the
    program is suspended is not known.
    """
    if listing.status != ProgramStatus.SUSPENDED_BY_AUTHORITY:
        return None
    stated = listing.as_of if listing.claim == Claim.UNCLAIMED else listing.confirmed_on
    return node("OpeningHoursSpecification", validFrom=str(stated) if stated else "")
