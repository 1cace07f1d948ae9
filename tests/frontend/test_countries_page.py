"""The index of countries: by region, with counts, and what is unknown."""

import re

import pytest

from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db


def test_no_country_at_all(client):
    assert "No country has been put in yet" in client.get("/countries/").content.decode()


def test_regions_counts_and_what_is_unknown(client):
    make_listing(country=make_country("US"))
    make_facility(country=make_country("US"))
    make_facility(country=make_country("US"), merged_into=make_facility())
    make_country("PY")
    make_country("JP", right_statement="A statement")
    make_country("QO", region="")
    response = client.get("/countries/")
    regions = {r.name: (len(r.known), len(r.unknown)) for r in response.context["index"]}
    assert list(regions) == ["Americas", "Asia", "Europe", "Without region"]
    assert regions["Americas"] == (1, 1)
    assert regions["Asia"] == (1, 0)
    page = response.content.decode()
    assert "Americas: 1 more, of which we know nothing yet" in page
    entry = page[page.index('href="/countries/US/"') :].split("</a>")[0]
    assert re.sub(r"<[^>]+>", "", entry).endswith("Programs: 1, places: 1")


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_however_many_rows(client, rows, django_assert_num_queries):
    for code in ("FR", "GB", "US")[:rows]:
        make_listing(country=make_country(code))
    with django_assert_num_queries(1):
        assert client.get("/countries/").status_code == 200
