"""A directory with rows of every kind, and every address that answers with them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from api.hsds.profile import FILES
from api.hsds.serializers.terms import TAXONOMY_ID, TERM_IDS
from directory.actions.publishing import publish_program
from directory.actions.suppression import suppress_listing
from directory.enums import Service
from directory.models import AccessEvent, Facility, Listing
from network.fields import PartialDate
from network.models import Node
from network.tenancy import Purpose, acting, system
from tests.directory.test_publishing import make_program
from tests.factories import (
    make_access,
    make_card,
    make_claim,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)

LONG_AGO = "2020-01-01T00:00:00Z"
# Ids of a full and a bare listing, one from afar, and the card of the first.
FULL = "0d9d7a52-7a59-4b8d-9a38-3c1f9a9e5a01"
BARE = "0d9d7a52-7a59-4b8d-9a38-3c1f9a9e5a02"
FAR = "0d9d7a52-7a59-4b8d-9a38-3c1f9a9e5a03"
FRIENDS = "0d9d7a52-7a59-4b8d-9a38-3c1f9a9e5a04"


def fill(cast) -> None:
    """Programs own, unclaimed and from afar; bare and full rows of all else; what went away."""
    read = {"right_to_visit": "yes", "right_statement": "Anybody may.", "right_source_url": "u"}
    make_country("FR", latitude=46.6, longitude=2.5, **read)
    make_country("GB", latitude=54.0, longitude=-2.0)
    _programs(_places())
    amara = cast.actor("amara")
    with acting(amara):
        publish_program(amara, program=make_program(cast.a))
    _ledger()
    operator = system(Purpose.OPERATOR)
    with acting(operator):
        make_listing(slug="gone")
        suppress_listing(operator, slug="gone")


def _places() -> Facility:
    make_facility(slug="bare", as_of=None, source_url="")
    place = make_facility(
        slug="centre",
        name="Example Centre",
        latitude=45.91,
        longitude=6.12,
        precision="exact",
        capacity=80,
        population=20,
        names={"fr": "Centre"},
        as_of=PartialDate(2024, 3),
    )
    make_facility(slug="duplicate", merged_into=place)
    make_claim(place, author="friends", values={"capacity": 80}, as_of=PartialDate(2023))
    return place


def _programs(place: Facility) -> None:
    card = make_card(
        pk=FRIENDS,
        slug="friends",
        names={"fr": "Amis"},
        verified_since=date(2026, 1, 1),
        coalitions=[{"id": str(place.pk), "slug": "union", "name": "Union"}],
    )
    now = datetime.now(UTC)
    make_listing(pk=BARE, slug="bare-program", as_of=None, source_url="", updated_at=now)
    make_listing(
        pk=FULL,
        slug="full",
        name="Lakeside Visitors",
        organization=card,
        claim="own",
        latitude=45.9,
        longitude=6.1,
        names={"fr": "Visiteurs"},
        summaries={"fr": "Visites"},
        contact={"email": "hello@example.org", "other": 1},
        capacity={"volunteers": True},
        founded=PartialDate(2019, 4, 2),
        confirmed_on=date(2026, 6, 1),
        withheld=["website"],
        as_of=PartialDate(2026, 5, 1),
        facilities=[place, "A place elsewhere"],
        coalitions=["union"],
    )
    make_listing(slug="beside", latitude=45.9, longitude=6.1)
    make_listing(slug="lands", precision="country")
    make_listing(slug="lands-2", precision="country")
    make_listing(
        slug="lands-3",
        precision="country",
        country=make_country("GB"),
        latitude=54.0,
        longitude=-2.0,
    )
    with acting(system(Purpose.OPERATOR)):
        node = Node.objects.create(origin="https://node.example.org", state="active")
        listing = make_listing(pk=FAR, slug="far--node.example.org", claim="remote")
        Listing.objects.filter(pk=listing.pk).update(
            origin=node, origin_url="https://node.example.org/programs/far/"
        )


def _ledger() -> None:
    place = Facility.objects.get(slug="centre")
    first: AccessEvent = make_event(facility=place, effective_to=PartialDate(2024, 6))
    make_event(facility=place, supersedes=first, effective_from=None)
    make_event(facility_name="All centres", visitor_category="legal", status="open")
    make_rule(facility=place, booking_lead_hours=24, max_visitors=2, languages=["fr"])
    make_rule(facility=place, visitor_category="legal", as_of=None, source_url="")
    make_access("FR", legal_basis_date=PartialDate(2011))
    make_access("EU")


# Each way to ask that is answered with 200, by the id of its operation.
QUESTIONS = {
    "getRoot": [""],
    "getSchema": ["schema/"],
    "listPrograms": [
        "programs/",
        "programs/?page_size=1",
        "programs/?q=visitors",
        "programs/?near=45.9,6.1",
        "programs/?near=45.9,6.1&radius_km=10&page_size=1",
        f"programs/?updated_after={LONG_AGO}",
        "programs/?format=geojson",
        "programs/?ordering=-updated_at",
    ],
    "getProgram": [
        "programs/full/",
        "programs/bare-program/",
        "programs/far--node.example.org/",
    ],
    "getMap": [
        "map/?bbox=-180,-85,180,85&zoom=0",
        "map/?bbox=-180,-85,180,85&zoom=4",
        "map/?bbox=-180,-85,180,85&zoom=12",
        "map/?bbox=-180,-85,180,85&zoom=12&layer=facilities",
    ],
    "listFacilities": [
        "facilities/",
        "facilities/?page_size=1",
        "facilities/?near=45.9,6.1",
        "facilities/?q=centre",
        "facilities/?format=geojson",
    ],
    "getFacility": ["facilities/centre/", "facilities/bare/"],
    "getFacilityAccess": ["facilities/centre/access/", "facilities/bare/access/"],
    "listCountries": ["countries/", "countries/?page_size=1"],
    "getCountry": ["countries/FR/", "countries/gb/"],
    "listOrganizations": ["organizations/", "organizations/?page_size=1"],
    "getOrganization": ["organizations/friends/"],
}
TERM = TERM_IDS[Service.VISITS]
# The same for HSDS, as whole addresses.
HSDS_QUESTIONS = {
    "getHsdsBase": ["/hsds/"],
    "listHsdsServices": [
        "/hsds/services",
        "/hsds/services?full=true",
        "/hsds/services?page=99",
        f"/hsds/services?search=visitors&taxonomy_term_id={TERM}&taxonomy_id={TAXONOMY_ID}",
        f"/hsds/services?organization_id={FRIENDS}&modified_after={LONG_AGO}&per_page=1",
    ],
    "getHsdsService": [f"/hsds/services/{pk}" for pk in (FULL, BARE, FAR)],
    "listHsdsOrganizations": [
        "/hsds/organizations",
        "/hsds/organizations?full=true",
        "/hsds/organizations?full_service=true&per_page=1000",
    ],
    "getHsdsOrganization": [
        *(f"/hsds/organizations/{pk}" for pk in (FRIENDS, BARE, FAR)),
        f"/hsds/organizations/{FRIENDS}?full_service=true",
    ],
    "listHsdsServicesAtLocations": [
        "/hsds/service_at_locations",
        "/hsds/service_at_locations?full=true",
    ],
    "getHsdsServiceAtLocation": [f"/hsds/service_at_locations/{pk}" for pk in (FULL, BARE, FAR)],
    "listHsdsTaxonomies": ["/hsds/taxonomies", "/hsds/taxonomies?page=2"],
    "getHsdsTaxonomy": [f"/hsds/taxonomies/{TAXONOMY_ID}"],
    "listHsdsTaxonomyTerms": [
        "/hsds/taxonomy_terms",
        f"/hsds/taxonomy_terms?taxonomy_id={TAXONOMY_ID}&format=json",
        f"/hsds/taxonomy_terms?taxonomy_id={FULL}",
    ],
    "getHsdsTaxonomyTerm": [f"/hsds/taxonomy_terms/{TERM}"],
    "getHsdsProfile": ["/hsds/profile"],
    "getHsdsProfileFile": [f"/hsds/profile/profile/{name}" for name in FILES],
}
