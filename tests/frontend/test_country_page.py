"""One country: who may visit in law and in practice, programs, places, ledger."""

import pytest

from network.fields import PartialDate
from tests.factories import (
    make_access,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)
from tests.frontend.nonsense import VALUES

pytestmark = pytest.mark.django_db


def page_of(client, code):
    response = client.get(f"/countries/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_country_of_which_nothing_is_known(client):
    make_country("US")
    page = page_of(client, "US")
    assert "We know nothing yet about visits in the United States" in page
    assert "That does not mean that nobody visits" in page
    assert "Who may visit, in law" not in page


def test_the_statement_is_one_reading_with_its_source(client):
    make_country(
        "GB",
        right_to_visit="conditional",
        right_statement="Visits are a privilege",
        right_source_url="https://right.example/",
        right_as_of=PartialDate(2023),
    )
    page = page_of(client, "GB")
    assert "Visits are a privilege" in page
    assert "in one reading of this one statement" in page
    assert "In part" in page
    assert "right.example" in page
    assert "dated 2023" in page


def test_two_sources_on_one_kind_of_visitor_are_both_shown_family_first(client):
    make_country("FR")
    make_access("FR", statement="First says yes", authorisation_needed="unknown")
    make_access("FR", statement="Second says no", right_in_law="no", as_of=PartialDate(2024, 5))
    make_access("FR", visitor_category="family_friend", statement="Family may come")
    make_access("GB", statement="Of another country")
    page = page_of(client, "FR")
    assert page.index("Family may come") < page.index("First says yes")
    assert "Second says no" in page
    assert "Of another country" not in page
    assert "Asked of the visitor: unknown" not in page
    assert page.index('id="law"') < page.index("First says yes")


@pytest.mark.parametrize(("code", "shown"), [("FR", True), ("GB", False), ("EU", None)])
def test_union_law_stands_on_pages_of_member_states(client, code, shown):
    make_access("EU", statement="Holds in the Union")
    if shown is None:
        assert client.get("/countries/EU/").status_code == 404
        return
    make_facility(country=make_country(code))
    assert ("Holds in the Union" in page_of(client, code)) is shown


RETURN = "Directive 2008/115/EC Art. 16(4)"


@pytest.mark.parametrize("code", ["IE", "DK"])
def test_what_does_not_bind_a_member_state_is_no_law_on_its_page(client, code):
    make_facility(country=make_country(code, names={"en": "Thatland"}))
    make_access("EU", statement="Of the directive", legal_basis=RETURN)
    make_access("EU", statement="Of the Charter", legal_basis="Charter Art. 7")
    page = page_of(client, code)
    assert "Of the directive" not in page
    assert "Directive 2008/115/EC</bdi> does not bind Thatland in the same way" in page
    assert "Of the Charter" in page
    assert "Some member states stand outside some of it" in page


def test_an_exception_is_told_even_where_nothing_else_of_the_union_is_left(client):
    make_facility(country=make_country("IE"))
    make_access("EU", legal_basis=RETURN)
    page = page_of(client, "IE")
    assert "does not bind" in page
    assert "Some member states" not in page
    assert "stands below" not in page


def test_an_outermost_region_has_union_law_with_its_member_state(client):
    make_country("FR", names={"en": "France"})
    make_facility(country=make_country("YT", names={"en": "Mayotte"}))
    make_access("EU", statement="Of the directive", legal_basis=RETURN)
    make_access("FR", statement="Of France alone")
    page = page_of(client, "YT")
    assert "Of the directive" in page
    assert "Of France alone" not in page
    assert "Mayotte belongs to the European Union as an outermost region of France." in page
    assert 'href="/countries/FR/"' in page
    assert "outermost" not in page_of(client, "FR")


def test_programs_places_ledger_and_rules_elsewhere(client):
    land = make_country("GB")
    make_listing(name="Harbour Visitors", country=land)
    make_listing(name="Abroad")
    for number in range(10):
        make_facility(name=f"House {number}", country=land)
    make_event(country=land, facility_name="Port cells", statement="Closed to all")
    make_rule(facility=None, country=land, facility_name="Airport rooms", days_hours="Mondays")
    page = page_of(client, "GB")
    assert "Harbour Visitors" in page
    assert "Abroad" not in page
    assert "All 10 places" in page
    assert "House 9" not in page
    assert "Closed to all" in page
    assert "Port cells" in page
    assert "Airport rooms" in page
    assert "Mondays" in page


def test_older_entries_fold_behind_one_line(client):
    for _number in range(15):
        make_event()
    page = page_of(client, "FR")
    assert "3 older entries" in page
    assert page.count('<li class="entry') == 15


def test_small_letters_lead_to_capitals(client):
    make_country("FR")
    for code in ("fr", "Fr"):
        response = client.get(f"/countries/{code}/")
        assert (response.status_code, response["Location"]) == (301, "/countries/FR/")


@pytest.mark.parametrize("code", [*VALUES, "ZZ", "F", "FRA", "1A"])
def test_nonsense_is_nothing_at_this_address(client, code):
    make_country("FR")
    assert client.get(f"/countries/{code}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_eight_queries_however_many_rows(client, rows, django_assert_num_queries):
    land = make_country("FR")
    for _number in range(rows):
        make_listing(country=land)
        make_event(facility=make_facility(country=land))
        make_event(country=land)
        make_rule(facility=None, country=land)
        make_access("FR")
        make_access("EU")
    with django_assert_num_queries(8):
        page_of(client, "FR")
