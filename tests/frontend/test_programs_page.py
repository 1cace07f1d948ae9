"""The list of programs: filters, pages, an empty result, and nonsense."""

import re

import pytest

from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.nonsense import VALUES

pytestmark = pytest.mark.django_db
PARAMETERS = [
    "q",
    "country",
    "language",
    "service",
    "facility",
    "organization",
    "coalition",
    "status",
    "freshness",
    "cursor",
]


def names(page):
    return re.findall(r'<h2 class="name"><a href="/programs/([^/]+)/"', page)


def test_a_country_and_how_its_entries_came(client):
    make_listing(slug="one", name="One", country=make_country("GB"))
    make_listing(slug="two", name="Two", country=make_country("GB"), status="unknown")
    make_listing(slug="far", name="Far")
    page = client.get("/programs/?country=gb").content.decode()
    assert names(page) == ["one", "two"]
    assert "Programs in the United Kingdom" in page
    assert "<strong>2 programs.</strong>" in page
    assert "None of them has claimed its entry yet" in page
    assert "Active, says the source" in page
    assert "Source date unknown" in page
    assert "onfirmed" not in page


def test_a_mixed_list_counts_who_wrote(client):
    make_listing(claim="own")
    make_listing()
    assert "1 of them wrote its own entry" in client.get("/programs/").content.decode()


def test_what_was_asked_is_said_and_can_be_cleared(client):
    make_facility(slug="quay", name="Quay House")
    make_card(slug="trust", name="Harbour Trust")
    make_listing(languages=["ar"])
    page = client.get("/programs/?language=ar&facility=quay&organization=trust&q=x%20y").content
    text = page.decode()
    for words in ("Arabic", "Quay House", "Harbour Trust", "x y", "Clear all"):
        assert words in text
    assert '<input type="hidden" name="facility" value="quay"' in text


def test_nothing_found_is_no_verdict(client):
    make_country("PY")
    page = client.get("/programs/?country=PY").content.decode()
    assert "We know of no program in Paraguay" in page
    assert "That does not mean that there is none" in page
    assert 'href="/countries/PY/"' in page
    assert '<option value="PY" selected>Paraguay</option>' in page


def test_empty_parameters_and_unknown_ones_ask_nothing(client):
    make_listing(slug="one")
    query = "&".join(f"{name}=" for name in PARAMETERS)
    response = client.get(f"/programs/?{query}&utm_source=x&page=9")
    assert response.status_code == 200
    assert names(response.content.decode()) == ["one"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=ZZ", "for example FR for France"),
        ("country=FRA", "two letters of a country"),
        ("language=qqq", "for example ar for Arabic"),
        ("service=juggling", "for example “visits”"),
        ("status=ended", "for example “active”"),
        ("freshness=old", "for example “fresh”"),
        ("facility=nowhere", "Nothing in this directory is called “nowhere”"),
        ("organization=nowhere", "Nothing in this directory is called “nowhere”"),
        ("coalition=nowhere", "Nothing in this directory is called “nowhere”"),
        ("cursor=x", "Begin again at its first page"),
    ],
)
def test_nonsense_is_refused_at_its_field(client, query, words):
    make_listing(slug="one")
    response = client.get(f"/programs/?{query}")
    assert response.status_code == 400
    page = response.content.decode()
    assert words in page
    assert "We could not search for this" in page
    assert names(page) == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_value_of_any_parameter_breaks_the_page(client, name):
    make_listing(coalitions=["avid"])
    for value in VALUES:
        status = client.get(f"/programs/?{name}={value}").status_code
        assert status in (200, 400), (name, value)
        if name != "q":
            assert status == 400, (name, value)
    for value in ("x" * 10_000, "%00", "%ED%A0%80"):
        assert client.get(f"/programs/?{name}={value}").status_code == 400


def test_what_was_asked_comes_back_escaped(client):
    page = client.get("/programs/?q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_keep_the_filters(client):
    for number in range(53):
        make_listing(name=f"Group {number:02}", slug=f"group-{number:02}")
    make_listing(name="Group 99", country=make_country("GB"))
    first = client.get("/programs/?country=FR").content.decode()
    assert "<strong>53 programs.</strong>" in first
    assert len(names(first)) == 50
    after = re.search(r'href="(\?[^"]+)" rel="next"', first).group(1).replace("&amp;", "&")
    assert after.startswith("?country=FR&cursor=")
    second = client.get(f"/programs/{after}").content.decode()
    assert names(second) == ["group-50", "group-51", "group-52"]
    assert 'rel="next"' not in second
    before = re.search(r'href="(\?[^"]+)" rel="prev"', second).group(1).replace("&amp;", "&")
    assert names(client.get(f"/programs/{before}").content.decode()) == names(first)


def test_a_name_keeps_its_language_and_the_readers_stands_beneath(client):
    make_listing(
        name="مجموعة",
        name_language="ar",
        names={"ar": "مجموعة", "en": "The group", "de": "Gruppe"},
    )
    page = client.get("/programs/").content.decode()
    assert '<bdi lang="ar" dir="rtl">مجموعة</bdi>' in page
    assert '<bdi lang="en" dir="ltr">The group</bdi>' in page
    assert "Gruppe" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_five_queries_however_many_rows(client, rows, django_assert_num_queries):
    for code in ("FR", "GB", "US")[:rows]:
        land = make_country(code)
        make_listing(
            country=land,
            organization=make_card(),
            facilities=[make_facility(country=land), "Quayside"],
            languages=["en", code.lower()],
        )
    with django_assert_num_queries(5):
        page = client.get("/programs/").content.decode()
    assert len(names(page)) == rows


def test_the_list_is_taken_along_under_the_same_filters(client):
    make_listing(name="Reine")
    make_listing(name="Queen", country=make_country("GB"))
    page = client.get("/programs/", {"country": "GB"}).content.decode()
    for address in (
        "/api/v1/programs/?country=GB&amp;format=csv",
        "/api/v1/programs/?country=GB&amp;format=geojson",
        "/api/v1/programs/?country=GB",
        "/en/feeds/programs.atom?country=GB",
    ):
        assert f'<li><a href="{address}"' in page
    table = client.get("/api/v1/programs/?country=GB&format=csv")
    text = b"".join(table.streaming_content).decode()
    assert "Queen" in text
    assert "Reine" not in text


def test_an_empty_list_is_not_taken_along(client):
    assert "format=csv" not in client.get("/programs/").content.decode()
