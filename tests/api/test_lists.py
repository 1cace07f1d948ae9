"""Countries, organizations and the first page of the API; what all answers have in common."""

import gzip
import json

import pytest
from django.test import Client

from directory.actions.revisions import change_revision
from tests.api.test_programs import ask, said
from tests.factories import (
    make_access,
    make_card,
    make_country,
    make_event,
    make_facility,
    make_listing,
)

API = "/api/v1/"
pytestmark = pytest.mark.django_db


def test_countries_with_what_is_known_of_each():
    make_listing()
    make_country("GB")
    make_facility(country=make_country("GB"))
    france, britain = said(f"{API}countries/")["results"]
    assert (france["iso2"], france["programs"], france["places"]) == ("FR", 1, 0)
    assert (britain["iso2"], britain["programs"], britain["places"]) == ("GB", 0, 1)
    assert france["names"]["es"] == "Francia"
    first = said(f"{API}countries/", page_size=1)
    second = json.loads(Client().get(first["next"]).content)
    assert [one["iso2"] for one in second["results"]] == ["GB"]
    assert json.loads(Client().get(second["previous"]).content)["results"] == first["results"]


def test_one_country_with_its_rules_and_ledger():
    make_country("FR", right_to_visit="yes", right_statement="Anybody may.")
    make_country("US")
    make_access("FR", statement="French law")
    make_access("EU", statement="Union law")
    make_access("US", statement="Other law")
    event = make_event()
    document = said(f"{API}countries/fr/")
    assert document["right_to_visit"]["reading"] == "yes"
    assert document["right_to_visit"]["statement"] == "Anybody may."
    assert [one["statement"] for one in document["access"]["own"]] == ["French law"]
    assert [one["statement"] for one in document["access"]["union"]] == ["Union law"]
    assert [one["id"] for one in document["events"]] == [str(event.pk)]


def test_organizations_with_their_programs():
    card = make_card(slug="friends", name="Friends", kind="supporter")
    make_card(slug="other", name="Other", country="GB")
    make_listing(slug="theirs", organization=card)
    make_listing(slug="not-theirs")
    lists = said(f"{API}organizations/")["results"]
    assert [one["slug"] for one in lists] == ["friends", "other"]
    assert [one["slug"] for one in said(f"{API}organizations/", country="gb")["results"]] == [
        "other"
    ]
    assert [one["slug"] for one in said(f"{API}organizations/", kind="supporter")["results"]] == [
        "friends"
    ]
    document = said(f"{API}organizations/friends/")
    assert [one["slug"] for one in document["programs"]] == ["theirs"]
    assert document["origin"]["url"].endswith("/organizations/friends/")


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("countries/xx/", {}, 404),
        ("countries/fra/", {}, 404),
        ("organizations/nobody/", {}, 404),
        ("countries/", {"q": "x"}, 400),
        ("countries/", {"cursor": "x"}, 400),
        ("countries/fr/", {"x": "1"}, 400),
        ("organizations/", {"kind": "company"}, 400),
        ("organizations/", {"page_size": "101"}, 400),
        ("", {"x": "1"}, 400),
    ],
)
def test_refusals(path, asked, status):
    make_country("FR")
    answer = ask(f"{API}{path}", **asked)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(number, django_assert_num_queries):
    card = make_card(slug="friends")
    for iso2 in ("FR", "GB", "US")[:number]:
        make_country(iso2)
        make_event()
        make_access("FR")
        make_card()
        make_listing(organization=card)
    for path, queries in (
        ("countries/", 2),
        ("countries/fr/", 4),
        ("organizations/", 2),
        ("organizations/friends/", 4),
        ("", 1),
    ):
        ask(f"{API}{path}")
        change_revision()
        with django_assert_num_queries(queries):
            ask(f"{API}{path}")


ALL = ("", "programs/", "programs/some/", "facilities/", "countries/", "organizations/")


@pytest.mark.parametrize("path", ALL)
def test_answers_are_shared_with_every_origin_tagged_and_kept_for_half_a_minute(path):
    make_listing(slug="some")
    change_revision()
    client = Client(headers={"Origin": "https://elsewhere.example", "Cookie": "sessionid=x"})
    plain = client.get(f"{API}{path}")
    packed = client.get(f"{API}{path}", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    for answer in (plain, packed):
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert answer["Cache-Control"] == "public, max-age=30"
        assert answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
    assert gzip.decompress(packed.content) == plain.content
    assert plain["ETag"] != packed["ETag"]
    again = client.get(f"{API}{path}", headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # Without it a script of another origin is not told that nothing has changed.
    assert again["Access-Control-Allow-Origin"] == "*"
    guarded = client.get(f"{API}{path}", headers={"If-Match": '"other"'})
    assert (guarded.status_code, guarded.content) == (200, plain.content)
    for refused in ("gzip;q=0", "br", "identity", "*;q=0"):
        answer = client.get(f"{API}{path}", headers={"Accept-Encoding": refused})
        assert "Content-Encoding" not in answer


@pytest.mark.parametrize("path", ["programs/nothing/", "programs/?x=1", "nothing"])
def test_scripts_of_other_origins_may_read_a_refusal(path):
    answer = Client().get(f"{API}{path}")
    assert answer.status_code in (400, 404)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"


def test_a_browser_that_asks_before_asking_is_told_what_it_may_send():
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = Client().options(f"{API}programs/", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Origin" not in Client().options("/", headers=asked)


def test_what_comes_with_an_account_is_neither_kept_nor_shared():
    make_listing()
    change_revision()
    asked = {"Authorization": "Bearer made-up"}
    answer = Client().get(f"{API}programs/", headers=asked)
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_the_other_pages_are_named_in_the_header_too():
    for _number in range(3):
        make_listing()
    first = ask(f"{API}programs/", page_size=1)
    following = json.loads(first.content)["next"]
    assert first["Link"] == f'<{following}>; rel="next"'
    second = Client().get(following)
    assert 'rel="prev"' in second["Link"]
    assert 'rel="next"' in second["Link"]


def test_the_first_page_leads_to_every_list():
    document = said(API)
    for name in ("programs", "facilities", "countries", "organizations"):
        assert Client().get(document[name]).status_code == 200
