"""Where a service is: a town or a country, never an address of people."""

from __future__ import annotations

from api.hsds.serializers.values import ENGLISH, Document, entry_id, known, one_text, page_here
from directory.enums import Precision
from directory.models import Listing, ListingFacility

# The points of these say nothing of where a program is.
POINTLESS = (Precision.COUNTRY, Precision.WITHHELD)
_WORDS = {
    Precision.EXACT: "The place itself.",
    Precision.GRID: "Somewhere within about ten kilometres of this point.",
    Precision.LOCALITY: "The town, not an address.",
    Precision.REGION: "Somewhere in this region.",
    Precision.COUNTRY: "Somewhere in this country.",
    Precision.WITHHELD: "The group does not say where in this country it is.",
}


def listed_location(listing: Listing) -> Document:
    """The place of a listing without its address; no point where none may be given."""
    precision = _precision(listing)
    has_point = precision not in POINTLESS and listing.latitude is not None
    return known(
        {
            "id": str(listing.pk),
            "location_type": "physical",
            "name": _town(listing) or country_name(listing),
            "description": _WORDS[precision],
            "latitude": listing.latitude if has_point else None,
            "longitude": listing.longitude if has_point else None,
            "precision": precision.value,
        }
    )


def whole_location(listing: Listing) -> Document:
    """The place of a listing with the town, region and country as an address.

    HSDS requires a street and a postal code. None is known here, so both are empty.
    """
    address = {
        "id": entry_id("address", listing.pk),
        "location_id": str(listing.pk),
        "address_1": "",
        "city": _town(listing),
        "state_province": "" if _is_withheld(listing) else listing.admin1,
        "postal_code": "",
        "country": listing.country.iso2,
        "address_type": "physical",
    }
    return {**listed_location(listing), "addresses": [address]}


def service_areas_of(listing: Listing) -> list[Document]:
    """The places of detention whose people a service is for, as far as they are named."""
    return [_service_area(listing, visit) for visit in listing.visits.all()]


def country_name(listing: Listing) -> str:
    """The English name of a listing's country; its code where none is known."""
    return one_text(listing.country.names, ENGLISH) or listing.country.iso2


def _service_area(listing: Listing, visit: ListingFacility) -> Document:
    page = page_here("facilities", visit.facility.slug) if visit.facility else ""
    return known(
        {
            "id": entry_id("service-area", listing.pk, visit.name),
            "service_id": str(listing.pk),
            "name": visit.name,
            "description": "A place of detention that this program visits.",
            "uri": page,
        }
    )


def _precision(listing: Listing) -> Precision:
    is_known = listing.precision in Precision.values
    return Precision(listing.precision) if is_known else Precision.COUNTRY


def _is_withheld(listing: Listing) -> bool:
    return _precision(listing) == Precision.WITHHELD


def _town(listing: Listing) -> str:
    return "" if _is_withheld(listing) else listing.locality
