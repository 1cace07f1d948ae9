"""The first page: counts, the way to someone held, changes, ages, and the empty directory."""

import datetime as dt

import pytest
from django.utils import timezone

from network.fields import PartialDate
from tests.factories import make_country, make_event, make_facility, make_listing

pytestmark = pytest.mark.django_db


def test_an_empty_directory_says_so(client):
    page = client.get("/").content.decode()
    assert "This node lists none yet" in page
    assert "No program is listed in any country" in page
    assert "The ledger of access has no entry yet" in page
    assert "How fresh is this?" not in page


def test_the_order_is_the_order_of_the_readers_questions(client):
    make_listing()
    page = client.get("/").content.decode()
    order = [
        'name="q"',
        "Is someone you know held?",
        'id="index"',
        "Latest changes to who may visit",
        "How fresh is this?",
        "What brings you here?",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count('class="btn"') == 1


def test_nothing_is_claimed_of_groups_that_no_entry_says(client):
    page = client.get("/").content.decode()
    assert "They go there, or know who does. Each entry says who wrote it" in page
    assert "authorities" not in page


def test_counts_and_ages_add_up(client):
    today = timezone.localdate()
    make_listing(as_of=PartialDate(today.year - 1))
    make_listing(as_of=PartialDate(1999))
    make_listing(country=make_country("GB"))
    make_listing(claim="own", confirmed_on=today - dt.timedelta(days=91))
    make_listing(claim="own", confirmed_on=today)
    make_listing(claim="own", confirmed_on=None, as_of=PartialDate(2020))
    response = client.get("/")
    age = response.context["age"]
    assert (age.total, age.confirmed, age.confirmed_lately) == (6, 2, 1)
    assert (age.dated, age.recent, age.unknown) == (2, 1, 2)
    assert "6 programs in 2 countries" in response.content.decode()


def test_the_newest_changes_lead_to_their_places(client):
    place = make_facility(slug="quay", name="Quay House")
    make_event(facility=place, effective_from=PartialDate(2026, 1), statement="Doors shut")
    for year in range(2010, 2015):
        make_event(effective_from=PartialDate(year), statement=f"Year {year}")
    make_event(effective_from=None, statement="Nobody knows when")
    page = client.get("/").content.decode()
    assert "Doors shut" in page
    assert 'href="/facilities/quay/"' in page
    assert "Year 2014" in page
    assert "Year 2010" not in page
    assert "Nobody knows when" not in page
    assert page.index("Doors shut") < page.index("Year 2014")


@pytest.mark.parametrize("rows", [1, 3])
def test_six_queries_however_many_rows(client, rows, django_assert_num_queries):
    for code in ("FR", "GB", "US")[:rows]:
        land = make_country(code)
        make_listing(country=land)
        make_event(facility=make_facility(country=land))
    with django_assert_num_queries(6):
        assert client.get("/").status_code == 200


def test_only_reading_is_answered(client):
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200
