"""Data blocks hold what they hold: no text ends them, and nothing that is withheld is in them."""

import json

import pytest

from directory.enums.withholding import WITHHOLDABLE
from directory.models import Listing
from network.tenancy import Purpose, acting, system
from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.data_blocks import blocks_of, data_of
from tests.frontend.withheld import WORDS, publish_canaries, without_moments

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!--<script> &amp; \u2028\u2029 \" ' ]]>"
LANGUAGES = ["en", "ar", "es", "fr"]


@pytest.mark.parametrize("path", ["/nothing-here/", "/programs/?status=x", "/search/?q=%00"])
def test_errors_carry_no_block(client, path):
    assert "ld+json" not in client.get(path).content.decode()


def test_no_text_of_a_row_ends_the_element(client):
    names = {"en": HOSTILE, "fr": HOSTILE + "2"}
    country = make_country("GB", names=names)
    place = make_facility(slug="quay", name=HOSTILE, locality=HOSTILE, country=country)
    card = make_card(
        slug="trust",
        name=HOSTILE,
        names=names,
        languages=[HOSTILE],
        coalitions=[{"id": "1", "slug": "avid", "name": HOSTILE}],
    )
    make_listing(
        slug="harbour",
        claim="own",
        name=HOSTILE,
        names=names,
        locality=HOSTILE[:40],
        summaries={HOSTILE: HOSTILE},
        organization=card,
        country=country,
        facilities=[place, HOSTILE + "3"],
        languages=[HOSTILE[:40]],
        services=[HOSTILE[:40]],
        website=f"https://harbour.example/{HOSTILE}",
        source_url=f"https://source.example/{HOSTILE}",
    )
    for path in ("programs/harbour", "facilities/quay", "organizations/trust", "countries/GB"):
        (data,) = blocks_of(client, f"/{path}/")
        assert data["name"] == HOSTILE
        response = client.get(f"/{path}/").content.decode()
        block = response.split("ld+json")[1].split("</script>")[0]
        assert not set("<&\u2028\u2029") & set(block[2:])


@pytest.mark.parametrize("field", sorted(WITHHOLDABLE))
def test_what_is_withheld_leaves_no_trace(client, cast, field):
    publish_canaries(cast, [])
    (opened,) = blocks_of(client, "/programs/harbour/")
    said = field in ("facilities", "languages", "point", "services", "summaries", "website")
    assert (WORDS[field][0] in json.dumps(opened)) == said
    publish_canaries(cast, [field])
    paths = ("programs/harbour", "organizations/harbour-visitors", "countries/GB")
    texts = [
        without_moments(json.dumps(data_of(client, f"/{language}/{path}/")))
        for path in paths
        for language in LANGUAGES
    ]
    assert not [word for word in WORDS[field] for text in texts if word in text]


def test_without_its_point_a_suspended_program_is_only_in_its_country(client, cast):
    publish_canaries(cast, ["point", "facilities"])
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.update(status="suspended_by_authority")
    data = data_of(client, "/programs/harbour/")
    place = data["availableChannel"]["serviceLocation"]
    assert place["address"] == {"@type": "PostalAddress", "addressCountry": "GB"}
    assert "geo" not in place
    assert place["specialOpeningHoursSpecification"]["@type"] == "OpeningHoursSpecification"
    assert data["areaServed"]["@type"] == "Country"
