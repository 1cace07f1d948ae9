"""The search over everything, its suggestions, and where a search that finds nothing leads."""

import json

import pytest

from tests.factories import make_card, make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory():
    make_facility(slug="dungavel", name="Dungavel House", locality="Strathaven")
    make_listing(slug="sdv", name="Scottish Detainee Visitors", facilities=["Dungavel House"])
    make_card(slug="harbour", name="Harbour Trust")


def test_every_kind_leads_to_its_page(client, directory):
    for words, address in (
        ("scottish", "/programs/sdv/"),
        ("dungavel", "/facilities/dungavel/"),
        ("harbour", "/organizations/harbour/"),
        ("france", "/countries/FR/"),
    ):
        text = client.get("/search/", {"q": words}).content.decode()
        assert f'href="{address}"' in text, words


def test_first_time_and_nothing_found(client, directory):
    assert "in any language" in client.get("/search/").content.decode()
    text = client.get("/search/", {"q": "xqzxqz"}).content.decode()
    assert "Nothing in the directory is called “xqzxqz”" in text
    assert 'href="/start/"' in text
    assert "/programs/?near=xqzxqz" in text


def test_suggestions_are_a_plain_get_in_the_language_of_the_page(client, directory):
    make_country("FR")
    answer = client.get("/search/suggestions.json", {"q": "dungav"})
    found = json.loads(answer.content)["suggestions"]
    assert {"name": "Dungavel House", "address": "/facilities/dungavel/"}.items() <= next(
        one for one in found if one["name"] == "Dungavel House"
    ).items()
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    spanish = client.get("/es/search/suggestions.json", {"q": "francia"})
    first = json.loads(spanish.content)["suggestions"][0]
    assert (first["name"], first["address"]) == ("Francia", "/es/countries/FR/")
    assert first["kind"] == "país"
    assert json.loads(client.get("/search/suggestions.json").content) == {"suggestions": []}


@pytest.mark.parametrize("value", ["x" * 201, "a\u202eb", "a\nb"])
@pytest.mark.parametrize("path", ["/search/", "/search/suggestions.json"])
def test_what_no_name_contains_is_refused(client, path, value):
    assert client.get(path, {"q": value}).status_code == 400


@pytest.mark.parametrize("value", ["%", "_", "'; --", "<script>", "🦜", "\\", "a" * 200])
def test_odd_words_are_only_words(client, directory, value):
    for path in ("/search/", "/search/suggestions.json", "/programs/", "/facilities/"):
        answer = client.get(path, {"q": value})
        assert answer.status_code == 200
        assert b"<script>" not in answer.content


def test_a_list_names_pages_that_the_words_may_mean(client, directory):
    text = client.get("/programs/", {"q": "dungavel"}).content.decode()
    assert "Pages with this name:" in text
    assert 'href="/facilities/dungavel/"' in text
    assert "Scottish Detainee Visitors" in text


def test_the_best_come_first(client):
    make_listing(slug="text", name="Another group", summaries={"en": "We visit Dungavel."})
    make_listing(slug="name", name="Dungavel Visitors")
    rows = client.get("/programs/", {"q": "dungavel"}).context["listed"].page.rows
    assert [row.slug for row in rows] == ["name", "text"]


def test_nothing_found_leads_to_fewer_filters_that_find_something(client):
    make_listing(slug="a", name="Dungavel Visitors", status="closed")
    answer = client.get("/programs/", {"q": "dungavel", "status": "active", "country": "FR"})
    ((label, query),) = answer.context["fewer"]
    assert label == "Status"
    again = client.get(f"/programs/?{query}")
    assert [row.slug for row in again.context["listed"].page.rows] == ["a"]
    assert answer.context["corrected"] == ""


@pytest.mark.parametrize("path", ["/programs/", "/facilities/"])
def test_every_filter_can_be_the_one_too_many(client, path):
    make_listing(name="Dungavel Visitors", latitude=45.7, longitude=4.8)
    make_facility(name="Dungavel House", latitude=45.7, longitude=4.8)
    asked = {"q": "dungavel", "bbox": "50,0,60,10", "country": "FR"}
    answer = client.get(path, asked)
    assert [label for label, _query in answer.context["fewer"]] == ["Part of the map"]
    nowhere = client.get(path, {"near": "Nowhereville", "q": "dungavel"})
    assert [label for label, _query in nowhere.context["fewer"]] == ["Near"]
    far = client.get(path, {"near": "45.7,4.8", "q": "dungavel", "status": "closed"})
    assert {label for label, _query in far.context["fewer"]} == {"Status"}


def test_words_that_nothing_holds_are_corrected(client):
    make_listing(slug="a", name="Dungavel Visitors")
    answer = client.get("/programs/", {"q": "dungvaels visitors"})
    if answer.context["listed"].total == 0:
        assert answer.context["corrected"] == "dungavel visitors"
    else:
        assert answer.context["listed"].page.rows[0].slug == "a"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_max_num_queries):
    for number in range(rows):
        make_listing(name=f"Dungavel {number}")
        make_facility(name=f"Dungavel House {number}")
    with django_assert_max_num_queries(32):
        client.get("/programs/", {"q": "dungavel"})
    with django_assert_max_num_queries(12):
        client.get("/search/suggestions.json", {"q": "dungavel"})
