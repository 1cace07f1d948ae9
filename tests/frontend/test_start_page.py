"""Start: steps for a country and a kind of place, from what the directory knows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_access,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)

pytestmark = pytest.mark.django_db


def page(query="", path="/en/start/"):
    return Client().get(f"{path}{query}")


def text(answer):
    return answer.content.decode()


@pytest.fixture
def jail():
    return make_facility(
        slug="harbour-jail",
        name="Harbour Jail",
        setting="prison_jail",
        operator="GEO Group",
        operator_kind="private",
        custodial_authority="Border Police",
    )


def test_without_a_country_it_asks_for_one():
    make_country("FR")
    answer = page()
    assert answer.status_code == 200
    assert '<option value="FR">France</option>' in text(answer)
    assert "See who visits already" not in text(answer)


@pytest.mark.parametrize("query", ["?country=XX", "?country=FRA", "?place=nowhere", "?place=%3C"])
def test_nonsense_is_told_at_the_form(query):
    make_country("FR")
    answer = page(query)
    assert answer.status_code == 400
    assert 'class="errsum"' in text(answer)


def test_a_country_of_which_nothing_is_known_says_so_at_each_step():
    make_country("FR")
    shown = text(page("?country=fr"))
    assert "Start visiting in France" in shown
    assert "We know of no program in France." in shown
    assert "No source that we have read says" in shown
    assert "That is not the same as open." in shown


def test_a_place_shows_what_differs_by_its_kind_and_who_runs_it(jail):
    shown = text(page("?place=harbour-jail"))
    assert "The prison decides who enters" in shown
    assert "A private company runs this place" in shown
    assert "Border Police" in shown
    make_facility(slug="station", setting="police", country=jail.country)
    other = text(page("?place=station"))
    assert "The prison decides who enters" not in other
    assert "telephone number that is known inside" in other
    assert "A private company" not in other


def test_it_is_drawn_from_the_directory_and_only_from_what_fits(jail):
    make_listing(slug="here", name="Visitors of the Jail", facilities=[jail])
    same = make_facility(operator="geo group", country=make_country("US"))
    make_listing(slug="alike", name="Elsewhere Visitors", facilities=[same])
    other = make_facility(operator="Somebody Else", country=make_country("US"))
    make_listing(slug="other", name="Unlike Visitors", facilities=[other])
    make_access(
        "FR", visitor_category="volunteer_visitor", statement="Volunteers ask the prefect."
    )
    make_access("FR", visitor_category="legal", statement="Lawyers enter at once.")
    make_rule(facility=jail, visitor_category="family_friend", days_hours="Mon 10:00-12:00")
    make_event(facility=jail, statement="The jail turned volunteers away.")
    shown = text(page("?place=harbour-jail"))
    assert "Visitors of the Jail" in shown
    assert "Elsewhere Visitors" in shown
    assert "Unlike Visitors" not in shown
    assert "Volunteers ask the prefect." in shown
    assert "Lawyers enter at once." not in shown
    assert "Mon 10:00-12:00" in shown
    assert "The jail turned volunteers away." in shown


def test_a_duplicate_leads_to_what_it_was_merged_into(jail):
    make_facility(slug="old-jail", merged_into=jail, country=jail.country)
    assert "Harbour Jail" in text(page("?place=old-jail"))


def test_the_way_on_carries_the_place(jail):
    assert "/start/ask/?country=FR&amp;facility=harbour-jail" in text(page("?place=harbour-jail"))
    asked = text(Client().get("/en/start/ask/?facility=harbour-jail"))
    assert "Harbour Jail" in asked
    assert '<option value="FR" selected>' in asked


@pytest.mark.parametrize("query", ["?country=FR", "?place=harbour-jail"])
def test_as_many_queries_for_much_as_for_little(jail, query):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert page(query).status_code == 200
        return len(asked)

    make_listing(facilities=[jail])
    make_event(facility=jail)
    little = cost()
    for _number in range(3):
        make_listing(facilities=[jail])
        make_event(facility=jail, visitor_category="ngo_monitor")
        make_facility(country=jail.country, custodial_authority="Another")
    assert cost() == little
