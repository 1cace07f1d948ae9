"""One place: may I visit, who is let in, the ledger, and what sources say of it."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.models import AccessEvent
from frontend.templatetags.ledger import duration
from network.fields import PartialDate
from network.tenancy import Purpose, acting, system
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
    assert "We know of no program in France. That does not mean that there is none." in page
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
    assert "34 days" in page


def test_a_span_is_given_only_between_two_days(client):
    place = make_facility()
    make_event(facility=place, effective_from=D("2013-07"), effective_to=D("2013-08-26"))
    make_event(facility=place, effective_from=D("2020-03-13"), effective_to=D("2022-05-11"))
    page = page_of(client, place)
    assert "2 years, 1 month" in page
    assert " days<" not in page


@pytest.mark.parametrize(
    ("begun", "ended", "span"),
    [
        ("2020-03-18", "2020-03-31", "14 days"),
        ("2020-03-18", "2020-03-18", "1 day"),
        ("2020-01-01", "2020-02-29", "60 days"),
        ("2020-01-01", "2020-03-31", "3 months"),
        ("2020-01-01", "2020-12-31", "1 year"),
        ("2020-03-18", "2021-04-17", "1 year, 1 month"),
        ("2020-03-18", "2021-04-16", "1 year"),
        ("2020-03-31", "2020-03-18", ""),
        ("2020-03", "2020-03-18", ""),
    ],
)
def test_a_span_counts_its_first_and_its_last_day(begun, ended, span):
    event = AccessEvent(effective_from=D(begun), effective_to=D(ended))
    assert duration(event) == span


@pytest.mark.parametrize(
    ("date", "words"),
    [("2017", "2017"), ("2017-03", "March 2017"), ("2017-03-04", "4 March 2017")],
)
def test_the_date_of_rules_reads_well_however_much_is_known(client, date, words):
    place = make_facility()
    make_rule(facility=place, as_of=D(date))
    assert f"<p>As last published: {words}</p>" in page_of(client, place)


@pytest.mark.parametrize(
    ("name", "town", "said", "is_found"),
    [
        ("Yarl's Wood Immigration Removal Centre", "Clapham", "Yarl\u2019s Wood", True),
        ("Centre de rétention administrative \u2013 Sète", "Sète", "Sete", True),
        ("McHenry County Correctional Facility", "Woodstock", "McHenry County Jail", True),
        ("Nine Elms Holding Facility", "London", "cells in London and Leeds", True),
        ("Port Hall", "Ashford", "Port Hallam", False),
        ("Detention Centre 2", "", "detention centre 2", False),
        ("Removal Centre Kos", "", "removal centres", False),
    ],
)
def test_a_program_that_names_the_place_is_shown_as_unsure(client, name, town, said, is_found):
    place = make_facility(name=name, locality=town)
    make_listing(facilities=["first words", said], slug="near", name="Near")
    make_listing(country=make_country("GB"), facilities=[said], slug="abroad", name="Abroad")
    page = page_of(client, place)
    assert 'href="/programs/abroad/"' not in page
    assert page.count('href="/programs/near/"') == int(is_found)
    assert ("This program names a place that we could not match" in page) is is_found
    assert ("1 program names a place that may be this one" in page) is is_found
    assert ("No listed program names this place." in page) is not is_found
    if is_found:
        shown = said.replace("'", "&#x27;")
        assert f"In the words of its source: <bdi>{shown}</bdi>" in page
    else:
        assert 'href="/programs/?country=FR">Programs in France' in page


def test_a_program_that_visits_is_not_also_unsure(client):
    place = make_facility(name="Port House", locality="Dover")
    sure = make_listing(name="Harbour", slug="harbour", facilities=[place])
    with acting(system(Purpose.OPERATOR)):
        sure.visits.create(name="Dover cells", position=1)
    page = page_of(client, place)
    assert page.count('href="/programs/harbour/"') == 1
    assert "could not match" not in page


def test_unsure_programs_are_bounded_and_each_once(client):
    place = make_facility(name="Port House", locality="Dover")
    for number in range(25):
        make_listing(
            facilities=["Dover", f"Dover {number}"],
            slug=f"near-{number:02}",
            name=f"Near {number:02}",
        )
    page = page_of(client, place)
    assert "20 programs name a place that may be this one" in page
    assert page.count('href="/programs/near-00/"') == 1
    assert 'href="/programs/near-24/"' not in page


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
def test_six_queries_however_many_rows(client, rows, django_assert_num_queries):
    place = make_facility(country=make_country("US"))
    for _number in range(rows):
        make_rule(facility=place)
        make_event(facility=place)
        make_event(facility_name="All centres", country=place.country)
        make_listing(facilities=[place])
        make_claim(place)
        make_listing(country=place.country, facilities=[place.name])
    with django_assert_num_queries(6):
        page_of(client, place)
