"""Listings as services and as services at locations, and organizations with what they offer.

A listing has one place, so the service, its location and the link between them share an id; each
is unique among its like, as HSDS asks (docs.openreferral.org/en/3.1/hsds/identifiers.html).
"""

from __future__ import annotations

from api.hsds.serializers.locations import listed_location, service_areas_of, whole_location
from api.hsds.serializers.organizations import (
    listed_organization,
    organization_of,
    websites_of,
)
from api.hsds.serializers.states import alert, program_status, service_status
from api.hsds.serializers.terms import attributes_of, languages_of
from api.hsds.serializers.values import (
    Document,
    email,
    entry_id,
    known,
    moment,
    one_text,
    other_name,
    page_here,
    texts,
    uri,
    words,
)
from directory.enums import Claim
from directory.models import Listing
from directory.queries.providers import Provider, offers_of


def listed_service(listing: Listing) -> Document:
    """A service with its organization and nothing else of which there may be several."""
    return {**_fields(listing), "organization": organization_of(listing)}


def whole_service(listing: Listing) -> Document:
    """A service with all that belongs to it."""
    place = {**_link(listing), "location": whole_location(listing)}
    return {**_without_places(listing), "service_at_locations": [place]}


def listed_service_at_location(listing: Listing) -> Document:
    """A service at its place, both without what there may be several of."""
    return {
        **_link(listing),
        "location": listed_location(listing),
        "service": listed_service(listing),
    }


def whole_service_at_location(listing: Listing) -> Document:
    """A service at its place, both with all that belongs to them."""
    return {
        **_link(listing),
        **known({"service_areas": service_areas_of(listing)}),
        "location": whole_location(listing),
        "service": _without_places(listing),
    }


def whole_organization(provider: Provider, *, whole_services: bool) -> Document:
    """An organization with what it offers, briefly or in full; needs `offers_of` at hand."""
    write = _whole_offer if whole_services else _fields
    return {
        **listed_organization(provider),
        **known({"additional_websites": websites_of(provider)}),
        "services": [write(listing) for listing in offers_of(provider)],
    }


def _fields(listing: Listing) -> Document:
    """What stands in the service itself."""
    own = listing.name_language
    contact = listing.contact if isinstance(listing.contact, dict) else {}
    is_found = listing.claim == Claim.UNCLAIMED
    confirmed = None if is_found else listing.confirmed_on
    return known(
        {
            "id": str(listing.pk),
            "organization_id": str(listing.organization_id or listing.pk),
            "name": listing.name,
            "alternate_name": other_name(listing.names, listing.name),
            "description": one_text(listing.descriptions, own) or one_text(listing.summaries, own),
            "url": uri(listing.website),
            "email": email(contact.get("email")),
            "status": service_status(listing),
            "application_process": one_text(listing.how_to_be_visited, own),
            "assured_date": confirmed.isoformat() if confirmed else "",
            "alert": alert(listing),
            "last_modified": moment(listing.updated_at) if listing.updated_at else "",
            "claim": listing.claim,
            "program_status": program_status(listing).value,
            "names": texts(listing.names),
            "source": _source(listing) if is_found else {},
            "withheld": words(listing.withheld),
        }
    )


def _without_places(listing: Listing) -> Document:
    """A service with all that belongs to it but its place."""
    return {
        **_whole_offer(listing),
        "organization": {
            **organization_of(listing),
            **known({"additional_websites": websites_of(listing.organization or listing)}),
        },
    }


def _whole_offer(listing: Listing) -> Document:
    """A service with all that belongs to it but its place and organization."""
    return {
        **_fields(listing),
        **known(
            {
                "additional_urls": _urls(listing),
                "phones": _phones(listing),
                "service_areas": service_areas_of(listing),
                "languages": languages_of(listing),
                "attributes": attributes_of(listing),
                "summaries": texts(listing.summaries),
                "descriptions": texts(listing.descriptions),
                "how_to_join": texts(listing.how_to_join),
                "how_to_be_visited": texts(listing.how_to_be_visited),
            }
        ),
    }


def _link(listing: Listing) -> Document:
    own = str(listing.pk)
    return {"id": own, "service_id": own, "location_id": own}


def _source(listing: Listing) -> Document:
    dated = "" if listing.as_of is None else str(listing.as_of)
    return known({"url": uri(listing.source_url), "as_of": dated})


def _urls(listing: Listing) -> list[Document]:
    found = {
        "Page in this directory": page_here("programs", listing.slug),
        "Page at its own node": uri(listing.origin_url),
    }
    return [
        {
            "id": entry_id("url", listing.pk, label),
            "label": label,
            "url": url,
            "service_id": str(listing.pk),
        }
        for label, url in found.items()
        if url
    ]


def _phones(listing: Listing) -> list[Document]:
    contact = listing.contact if isinstance(listing.contact, dict) else {}
    number, hours = contact.get("phone"), contact.get("hours")
    if not isinstance(number, str) or not number:
        return []
    phone = {
        "id": entry_id("phone", listing.pk),
        "service_id": str(listing.pk),
        "number": number,
        "type": "voice",
        "description": hours if isinstance(hours, str) else "",
    }
    return [known(phone)]
