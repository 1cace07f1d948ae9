"""What pages say to machines: true of the row, known to schema.org, and closed in its element."""

import datetime as dt
import json

import pytest
from django.test import override_settings

from network.enums import NodeState
from network.fields import PartialDate
from network.models import Node
from network.tenancy import Purpose, acting, system
from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.data_blocks import blocks_of, data_of
from tests.frontend.schema_org import nodes

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ar", "es", "fr"]


def of_program(client, **values):
    listing = make_listing(**values)
    return data_of(client, f"/programs/{listing.slug}/")


def make_remote(**values):
    with acting(system(Purpose.OPERATOR)):
        node = Node.objects.create(
            origin="https://other.example", name="Other node", state=NodeState.ACTIVE
        )
    card = make_card(slug="trust--other.example", name="Trust", origin=node)
    return make_listing(
        slug="harbour--other.example",
        claim="remote",
        origin=node,
        origin_url="https://other.example/programs/harbour/",
        organization=card,
        **values,
    )


def test_an_entry_of_a_group_is_the_service_of_a_verified_ngo(client):
    card = make_card(slug="trust", name="Harbour Trust", verified_since=dt.date(2026, 3, 2))
    place = make_facility(slug="quay", name="Quay House")
    listing = make_listing(
        slug="harbour",
        claim="own",
        name="زوار الميناء",
        name_language="ar",
        names={"ar": "زوار الميناء", "en": "Harbour Visitors"},
        summaries={"fr": "Nous rendons visite."},
        organization=card,
        website="https://harbour.example",
        services=["visits", "letters"],
        languages=["ar", "fr"],
        facilities=[place, "The old mill"],
        confirmed_on=dt.date(2026, 3, 2),
        source_url="",
    )
    listing.refresh_from_db()
    data = data_of(client, "/programs/harbour/")
    assert data["@type"] == "Service"
    assert data["@id"] == f"urn:uuid:{listing.pk}"
    assert data["name"] == "زوار الميناء"
    assert data["alternateName"] == [{"@language": "en", "@value": "Harbour Visitors"}]
    assert data["description"] == {"@language": "fr", "@value": "Nous rendons visite."}
    assert data["url"] == "http://localhost:8000/en/programs/harbour/"
    assert data["sameAs"] == ["https://harbour.example"]
    assert data["serviceType"] == ["Visits", "Letters"]
    assert data["provider"] == {
        "@type": "NGO",
        "@id": f"urn:uuid:{card.pk}",
        "name": "Harbour Trust",
        "url": "http://localhost:8000/en/organizations/trust/",
    }
    assert data["areaServed"] == [
        {
            "@type": "Place",
            "@id": f"urn:uuid:{place.pk}",
            "name": "Quay House",
            "url": "http://localhost:8000/en/facilities/quay/",
        },
        {"@type": "Place", "name": "The old mill"},
    ]
    assert data["availableChannel"]["availableLanguage"] == ["ar", "fr"]
    assert data["mainEntityOfPage"]["inLanguage"] == "en"
    assert data["mainEntityOfPage"]["dateModified"] == listing.updated_at.isoformat()
    assert "isBasedOn" not in data["mainEntityOfPage"]
    assert "OpeningHours" not in json.dumps(data)


def test_an_entry_found_in_a_source_only_names_its_organization_and_its_source(client):
    card = make_card(slug="trust", name="Trust", verified_since=dt.date(2026, 3, 2))
    data = of_program(
        client, organization=card, organization_name="Trust", as_of=PartialDate(2024, 8)
    )
    assert data["provider"] == {"@type": "Organization", "name": "Trust"}
    assert "NGO" not in json.dumps(data)
    source = data["mainEntityOfPage"]["isBasedOn"]
    assert source["@type"] == "CreativeWork"
    assert source["url"].startswith("https://listing.example/")
    assert source["temporalCoverage"] == "2024-08"
    other = of_program(client, organization_name="Friends of the Quay", as_of=None)
    assert other["provider"] == {"@type": "Organization", "name": "Friends of the Quay"}
    assert "temporalCoverage" not in other["mainEntityOfPage"]["isBasedOn"]
    assert "provider" not in of_program(client)


def test_an_entry_of_another_node_names_where_it_stands(client):
    make_remote(website="https://harbour.example")
    data = data_of(client, "/programs/harbour--other.example/")
    assert data["sameAs"] == [
        "https://harbour.example",
        "https://other.example/programs/harbour/",
    ]
    # Nobody has said that this group is verified.
    assert data["provider"]["@type"] == "Organization"
    assert data["provider"]["url"].endswith("/en/organizations/trust--other.example/")
    card = data_of(client, "/organizations/trust--other.example/")
    assert card["@type"] == "Organization"


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"claim": "unclaimed", "as_of": PartialDate(2024, 8)}, "2024-08"),
        ({"claim": "unclaimed", "as_of": PartialDate(2024)}, "2024"),
        ({"claim": "unclaimed", "as_of": None}, None),
        ({"claim": "own", "confirmed_on": dt.date(2026, 2, 3)}, "2026-02-03"),
        ({"claim": "own", "as_of": PartialDate(2020), "confirmed_on": None}, None),
    ],
)
def test_a_suspension_is_hours_that_never_open(client, values, since):
    data = of_program(client, status="suspended_by_authority", **values)
    place = data["availableChannel"]["serviceLocation"]
    closed = place["specialOpeningHoursSpecification"]
    assert closed == data["hoursAvailable"]
    assert closed == {
        "@type": "OpeningHoursSpecification",
        **({"validFrom": since} if since else {}),
    }


@pytest.mark.parametrize("status", ["forming", "active", "paused", "closed", "unknown"])
def test_no_other_status_is_a_suspension(client, status):
    assert "OpeningHours" not in json.dumps(of_program(client, status=status))


@pytest.mark.parametrize(
    ("precision", "geo"),
    [
        ("exact", {"@type": "GeoCoordinates", "latitude": 0.0, "longitude": 2.5}),
        ("locality", {"@type": "GeoCoordinates", "latitude": 0.0, "longitude": 2.5}),
        (
            "grid",
            {
                "@type": "GeoCircle",
                "geoMidpoint": {"@type": "GeoCoordinates", "latitude": 0.0, "longitude": 2.5},
                "geoRadius": 10_000,
            },
        ),
        ("region", None),
        ("country", None),
        ("withheld", None),
    ],
)
def test_a_point_is_as_coarse_as_it_is_stored_and_only_where_the_map_shows_it(
    client, precision, geo
):
    data = of_program(client, latitude=0.0, longitude=2.5, precision=precision, locality="Quay")
    place = data["availableChannel"]["serviceLocation"]
    assert place.get("geo") == geo
    assert place["address"]["addressLocality"] == "Quay"
    assert place["address"]["addressCountry"] == "FR"
    make_facility(slug="quay", latitude=0.0, longitude=2.5, precision=precision)
    assert data_of(client, "/facilities/quay/").get("geo") == geo


def test_what_is_not_known_is_absent(client):
    data = of_program(
        client,
        services=[],
        languages=[],
        locality="",
        precision="country",
        website="javascript:alert(1)",
        source_url="ftp://source.example/",
        contact={"phone": "+44 1632 960123", "email": "a@example.org"},
    )
    assert set(data) == {
        "@context",
        "@type",
        "@id",
        "name",
        "url",
        "areaServed",
        "mainEntityOfPage",
    }
    assert data["areaServed"]["@type"] == "Country"
    assert data["areaServed"]["name"] == "France"
    assert set(data["mainEntityOfPage"]) == {"@type", "inLanguage", "dateModified"}


def test_a_place_is_a_building_of_the_government_only_where_the_state_runs_it(client):
    place = make_facility(
        slug="quay",
        name="Quay House",
        operator_kind="state",
        admin1="Coast",
        as_of=PartialDate(2024, 8),
    )
    data = data_of(client, "/facilities/quay/")
    assert data["@type"] == "GovernmentBuilding"
    assert data["@id"] == f"urn:uuid:{place.pk}"
    assert data["address"]["addressRegion"] == "Coast"
    assert data["containedInPlace"]["identifier"] == "FR"
    assert data["mainEntityOfPage"]["isBasedOn"]["temporalCoverage"] == "2024-08"
    for kind in ("private", "ngo", "mixed", "unknown"):
        other = make_facility(operator_kind=kind)
        assert data_of(client, f"/facilities/{other.slug}/")["@type"] == "Place"


def test_a_card_is_an_ngo_once_it_is_verified(client):
    make_country("FR")
    make_card(
        slug="trust",
        name="Harbour Trust",
        names={"en": "Harbour Trust", "fr": "Fonds du port"},
        website="https://trust.example",
        languages=["fr"],
        verified_since=dt.date(2026, 3, 2),
        coalitions=[{"id": "1", "slug": "avid", "name": "AVID"}],
    )
    data = data_of(client, "/ar/organizations/trust/")
    assert data["@type"] == "NGO"
    assert data["url"] == "http://localhost:8000/ar/organizations/trust/"
    assert data["alternateName"] == [{"@language": "fr", "@value": "Fonds du port"}]
    assert data["sameAs"] == ["https://trust.example"]
    assert data["knowsLanguage"] == ["fr"]
    assert data["address"]["addressCountry"] == "FR"
    assert data["memberOf"] == [
        {
            "@type": "Organization",
            "name": "AVID",
            "url": "http://localhost:8000/ar/organizations/avid/",
        }
    ]
    make_card(slug="other")
    assert data_of(client, "/organizations/other/")["@type"] == "Organization"


def test_the_home_page_is_a_site_with_a_search_that_works(client):
    data = data_of(client, "/fr/")
    assert data["@type"] == "WebSite"
    assert data["url"] == "http://localhost:8000/fr/"
    assert "publisher" not in data
    template = data["potentialAction"]["target"]["urlTemplate"]
    assert data["potentialAction"]["query-input"] == "required name=words"
    make_listing(slug="quay", name="Quay Visitors")
    found = client.get(template.removeprefix("http://localhost:8000").format(words="quay"))
    assert "/fr/programs/quay/" in found.content.decode()
    with override_settings(NODE_NAME="Quay node"):
        named = data_of(client, "/")
    assert named["publisher"] == {"@type": "Organization", "name": "Quay node"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_in_every_language_says_only_what_schema_org_knows(client, language):
    country = make_country("GB")
    card = make_card(slug="trust", verified_since=dt.date(2026, 3, 2), website="https://t.example")
    place = make_facility(slug="quay", country=country, latitude=51.5, longitude=-0.1)
    point = {"latitude": 51.5, "longitude": -0.1, "precision": "grid"}
    for claim in ("own", "unclaimed"):
        make_listing(
            slug=claim,
            claim=claim,
            organization=card,
            country=country,
            facilities=[place, "Mill"],
            status="suspended_by_authority",
            summaries={"en": "Summary"},
            **point,
        )
    make_remote(descriptions={"en": "Description"})
    paths = [
        "",
        "countries/GB/",
        "facilities/quay/",
        "organizations/trust/",
        "organizations/trust--other.example/",
        "programs/own/",
        "programs/unclaimed/",
        "programs/harbour--other.example/",
    ]
    for path in paths:
        data = data_of(client, f"/{language}/{path}")
        assert data["url"] == f"http://localhost:8000/{language}/{path}"
        languages = {one["inLanguage"] for one in nodes(data) if "inLanguage" in one}
        assert languages == {language}
        unprefixed = client.get(f"/{path}", headers={"Accept-Language": language})
        assert json.dumps(data["url"]).encode() in unprefixed.content


@pytest.mark.parametrize(
    "path", ["/programs/", "/facilities/", "/countries/", "/map/", "/about/", "/docs/"]
)
def test_lists_and_texts_say_nothing_of_their_own(client, path):
    make_listing()
    assert blocks_of(client, path) == []
