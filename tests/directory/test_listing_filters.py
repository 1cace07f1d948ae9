"""Listings by what a reader asks for: each filter alone, and all together."""

import datetime as dt

import pytest

from directory.models import Listing
from directory.queries.listing_filters import ListingFilter, listings_matching
from network.fields import PartialDate
from tests.factories import make_card, make_country, make_facility, make_listing

TODAY = dt.date(2026, 11, 21)
pytestmark = pytest.mark.django_db


def found(**asked):
    rows = listings_matching(ListingFilter(**asked), TODAY)
    return sorted(rows.values_list("slug", flat=True))


@pytest.fixture(autouse=True)
def _rows():
    centre = make_facility(slug="centre")
    double = make_facility(slug="double", merged_into=centre)
    card = make_card(slug="harbour-trust", name="Harbour Trust")
    make_listing(
        slug="harbour",
        name="Visiteurs du Port-Étoile",
        organization=card,
        organization_name="Harbour Trust",
        languages=["fr", "ar"],
        services=["visits", "phone"],
        coalitions=["avid"],
        facilities=[centre, double, "Quayside"],
        status="active",
        as_of=PartialDate(2026, 11, 1),
    )
    make_listing(
        slug="other",
        name="Other Visitors",
        country=make_country("GB"),
        languages=["en"],
        services=["letters"],
        coalitions=["other"],
        facilities=[double],
        status="closed",
        as_of=PartialDate(2013),
    )
    spain = make_country("ES")
    make_listing(
        slug="chinese", name="探訪", languages=["zh-Hant"], country=spain, status="paused"
    )
    make_listing(slug="plain", name="Plain 100% Group_1", services=[], languages=[])


def test_nothing_asked_finds_all_once():
    assert found() == ["chinese", "harbour", "other", "plain"]


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ({"country": "FR"}, ["harbour", "plain"]),
        ({"language": "ar"}, ["harbour"]),
        ({"service": "letters"}, ["other"]),
        ({"coalition": "avid"}, ["harbour"]),
        ({"organization": "harbour-trust"}, ["harbour"]),
        ({"facility": "centre"}, ["harbour", "other"]),
        ({"facility": "double"}, ["harbour", "other"]),
        ({"status": "closed"}, ["other"]),
        ({"freshness": "fresh"}, ["harbour"]),
        ({"freshness": "stale"}, ["other"]),
        ({"freshness": "unknown"}, ["chinese", "plain"]),
        ({"country": "FR", "language": "ar", "service": "phone", "q": "port"}, ["harbour"]),
        ({"country": "GB", "language": "ar"}, []),
        ({"language": "visits"}, []),
        ({"language": "zh"}, ["chinese"]),
        ({"language": "zh-Hant"}, ["chinese"]),
        ({"language": "zh-Hans"}, []),
        ({"language": "z"}, []),
    ],
)
def test_each_filter_finds_its_own(asked, slugs):
    assert found(**asked) == slugs


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("etoile", ["harbour"]),
        ("ÉTOILE  harbour", ["harbour"]),
        ("etoile other", []),
        ("Quayside", ["harbour"]),
        ("francia", ["harbour", "plain"]),
        ("Reino Unido", ["other"]),
        ("100%", ["plain"]),
        ("%", []),
        ("group_1", ["plain"]),
        ("_", []),
        ("' OR 1=1 --", []),
        ("   ", ["chinese", "harbour", "other", "plain"]),
    ],
)
def test_words_are_found_without_accents_and_all_of_them(q, slugs):
    assert found(q=q) == slugs


def test_a_listing_that_visits_a_place_and_its_duplicate_counts_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert listings_matching(ListingFilter(facility="centre"), TODAY).count() == 2
    assert Listing.objects.count() == 4
