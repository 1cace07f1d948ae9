"""The list of places of detention: filters, pages, an empty result, and nonsense."""

import re

import pytest

from network.fields import PartialDate
from tests.factories import make_country, make_facility
from tests.frontend.nonsense import VALUES

pytestmark = pytest.mark.django_db
PARAMETERS = ["q", "country", "kind", "status", "cursor"]


def slugs(page):
    return re.findall(r'<h2 class="name"><a href="/facilities/([^/]+)/"', page)


def found(client, query):
    response = client.get(f"/facilities/?{query}")
    assert response.status_code == 200
    return slugs(response.content.decode())


def test_each_filter_finds_its_own(client):
    make_facility(slug="a", name="Alpha House", locality="Hof", operator="State Ltd")
    make_facility(slug="b", name="Beta", kind="criminal", status="closed")
    make_facility(slug="c", name="Gamma", country=make_country("GB"), admin1="Kent")
    make_facility(slug="d", name="Alpha double", merged_into=make_facility(slug="e", name="Eta"))
    assert found(client, "") == ["a", "b", "e", "c"]
    assert found(client, "q=alpha") == ["a"]
    assert found(client, "q=alpha%20HOF") == ["a"]
    assert found(client, "q=ltd") == ["a"]
    assert found(client, "q=kent") == ["c"]
    assert found(client, "q=%25") == []
    assert found(client, "country=gb") == ["c"]
    assert found(client, "kind=criminal") == ["b"]
    assert found(client, "status=closed") == ["b"]
    assert found(client, "status=closed&kind=military") == []


def test_a_status_stands_with_the_date_of_its_source(client):
    make_facility(as_of=PartialDate(2017, 11))
    make_facility(as_of=None)
    page = client.get("/facilities/").content.decode()
    assert "Source dated November 2017" in page
    assert "Source date unknown" in page


def test_nothing_found_is_no_verdict(client):
    make_country("PY")
    page = client.get("/facilities/?country=PY").content.decode()
    assert "We know of no place of detention in Paraguay" in page
    assert "That does not mean that there is none" in page


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_value_of_any_parameter_breaks_the_page(client, name):
    make_facility()
    for value in VALUES:
        status = client.get(f"/facilities/?{name}={value}").status_code
        assert status in (200, 400), (name, value)
        if name != "q":
            assert status == 400, (name, value)


def test_a_cursor_of_the_other_list_is_refused(client):
    for number in range(51):
        make_facility(name=f"House {number:02}")
    page = client.get("/facilities/").content.decode()
    cursor = re.search(r'cursor=([^"&]+)" rel="next"', page).group(1)
    assert len(found(client, f"cursor={cursor}")) == 1
    assert client.get(f"/programs/?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_three_queries_however_many_rows(client, rows, django_assert_num_queries):
    for code in ("FR", "GB", "US")[:rows]:
        make_facility(country=make_country(code))
    with django_assert_num_queries(3):
        assert len(found(client, "")) == rows
