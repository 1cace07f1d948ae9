"""One place: may I visit, who is let in, the ledger, and what sources say of it."""

import datetime as dt

import pytest
from django.utils import timezone

from network.fields import PartialDate
from tests.factories import (
    make_claim,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)
from tests.frontend.nonsense import SLUGS

pytestmark = pytest.mark.django_db
D = PartialDate.parse
TODAY = timezone.localdate()


def page_of(client, place):
    response = client.get(f"/facilities/{place.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_place_of_which_only_the_name_is_known(client):
    page = page_of(client, make_facility(status="unknown", source_url="", as_of=None))
    assert "No rules known" in page
    assert "We know of no program that visits here" in page
    assert "That is not the same as open" in page
    assert "We know of no telephone number" in page


def test_may_i_visit_opens_with_family_and_says_how_old_this_is(client):
    place = make_facility()
    make_rule(facility=place, visitor_category="volunteer_visitor", days_hours="Sundays only")
    make_rule(
        facility=place,
        as_of=PartialDate(TODAY.year - 4, 1),
        booking_required="yes",
        booking_lead_hours=24,
        id_required="passport",
        items_barred=["telephones", "cameras"],
        max_minutes=60,
    )
    page = page_of(client, place)
    opening = page[page.index("May I visit?") : page.index("Who is let in")]
    assert opening.index("Family and friends") < opening.index("Volunteer visitors")
    assert "Needed, 24 hours before" in opening
    assert "passport" in opening
    assert "telephones, cameras" in opening
    assert "60 minutes" in opening
    years = "four" if dt.date(TODAY.year, 1, 31) <= TODAY else "three"
    assert f"Nobody has confirmed this for {years} years." in opening
    assert "Sundays only" in opening


def test_a_rule_without_date_says_so(client):
    place = make_facility()
    make_rule(facility=place, as_of=None, retrieved=dt.date(2026, 11, 20))
    page = page_of(client, place)
    assert "The source shows no date" in page
    assert "20 November 2026" in page
    assert "Nobody has confirmed this for" not in page


def test_a_standing_comes_before_the_rules_and_is_marked(client):
    place = make_facility()
    make_rule(facility=place)
    make_event(
        facility_name="All centres", visitor_category="family_friend", effective_from=D("2020-03")
    )
    page = page_of(client, place)
    opening = page[page.index("May I visit?") : page.index("Ask before you travel")]
    assert opening.index("Suspended") < opening.index("Tue and Sat")
    assert "Whole country" in opening
    assert "unconfirmed" in opening


def test_an_ended_entry_is_last_known_and_no_present_status(client):
    place = make_facility()
    make_event(facility=place, effective_from=D("2013-07-24"), effective_to=D("2013-08-26"))
    page = page_of(client, place)
    table = page[page.index("Who is let in") : page.index("Who visits here")]
    assert "Not known now" in table
    assert "ended 26 August 2013" in table
    assert 'class="st stop"' not in table
    assert "33 days" in page


def test_a_span_is_given_only_between_two_days(client):
    place = make_facility()
    make_event(facility=place, effective_from=D("2013-07"), effective_to=D("2013-08-26"))
    make_event(facility=place, effective_from=D("2020-03-13"), effective_to=D("2022-05-11"))
    page = page_of(client, place)
    assert "2 years, 1 month" in page
    assert " days<" not in page


def test_the_ledger_says_who_why_and_that_retaliation_is_only_alleged(client):
    place = make_facility()
    make_event(
        facility=place,
        scope="named_program",
        stated_reason="program_criticism",
        retaliation="alleged",
        source_kind="media",
        confidence="confirmed",
        retrieved=dt.date(2026, 11, 20),
    )
    page = page_of(client, place)
    ledger = page[page.index('id="ledger"') :]
    assert "for one program" in ledger
    assert "Stated reason: Criticism by the program." in ledger
    assert "Retaliation is alleged, not established." in ledger
    assert "read 20 November 2026" in ledger
    assert "More than one source" in ledger
    assert "end not known" in ledger
    assert "not the same as open" in ledger
    assert "The ledger has no entry about everybody" in page


def test_a_correction_is_shown_with_what_it_replaces(client):
    place = make_facility()
    wrong = make_event(facility=place, statement="Wrong words")
    right = make_event(facility=place, statement="Right words", supersedes=wrong)
    page = page_of(client, place)
    assert "<s>Wrong words</s>" in page
    assert f'href="#entry-{right.pk}">Replaced by a later entry' in page
    assert f'href="#entry-{wrong.pk}">Replaces an earlier entry' in page


def test_who_visits_here_counts_duplicates_once(client):
    place = make_facility()
    double = make_facility(merged_into=place)
    make_listing(slug="harbour", name="Harbour", facilities=[place, double])
    make_listing(name="Elsewhere", facilities=[make_facility()])
    page = page_of(client, place)
    assert page.count('href="/programs/harbour/"') == 1
    assert "1 program has visited here" in page
    assert "Elsewhere" not in page


def test_a_duplicate_leads_to_what_it_was_merged_into(client):
    place = make_facility(slug="whole")
    make_facility(slug="double", merged_into=place)
    response = client.get("/facilities/double/")
    assert response.status_code == 301
    assert response["Location"] == "/facilities/whole/"


def test_the_place_stands_with_the_words_and_date_of_its_source(client):
    place = make_facility(
        kind_source_value="contract_detention_facility",
        operator="GEO Group",
        operator_kind="private",
        capacity=1940,
        as_of=D("2017-11"),
        status="unknown",
        status_source_value="in_use_2017_not_on_2025_list",
    )
    make_claim(place, values={"capacity": 1600}, author="harbour-trust", as_of=D("2021"))
    make_claim(place, values={"capacity": 1500}, withdrawn_at=timezone.now())
    page = page_of(client, place)
    assert "contract detention facility" in page
    assert "Run by <bdi>GEO Group</bdi>, a private company." in page
    assert "1,940 places" in page
    assert "As of November 2017" in page
    assert "In use in 2017, and not on the list" in page
    assert "Stated by <bdi>harbour-trust</bdi>" in page
    assert "1600" in page
    assert "1500" not in page


@pytest.mark.parametrize("slug", SLUGS)
def test_nonsense_is_nothing_at_this_address(client, slug):
    make_facility()
    assert client.get(f"/facilities/{slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_five_queries_however_many_rows(client, rows, django_assert_num_queries):
    place = make_facility(country=make_country("US"))
    for _number in range(rows):
        make_rule(facility=place)
        make_event(facility=place)
        make_event(facility_name="All centres", country=place.country)
        make_listing(facilities=[place])
        make_claim(place)
    with django_assert_num_queries(5):
        page_of(client, place)
