"""Programs in the API: what a list and one of them say, in which order, and what is refused."""

import csv
import gc
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from directory.actions.publishing import publish_program
from directory.actions.revisions import change_revision
from directory.models import Country
from frontend.middleware.clean_input import is_damaged
from network.fields import PartialDate
from network.tenancy import acting
from tests.api.test_map import NONSENSE
from tests.directory.test_publishing import make_program
from tests.factories import make_card, make_country, make_facility, make_listing

PROGRAMS = "/api/v1/programs/"
pytestmark = pytest.mark.django_db


def ask(path=PROGRAMS, /, **parameters):
    """The answer to a client for whom nothing is kept from before."""
    return Client().get(path, parameters)


def said(path=PROGRAMS, /, **parameters):
    answer = ask(path, **parameters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def slugs(**parameters):
    return [one["slug"] for one in said(**parameters)["results"]]


def errors(**parameters):
    answer = ask(**parameters)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return json.loads(answer.content)["errors"]


def walk(**parameters):
    """All pages, forward and then back to the first; both ways show the same."""
    client, pages = Client(), []
    address = f"{PROGRAMS}?" + "&".join(f"{name}={value}" for name, value in parameters.items())
    while address:
        page = json.loads(client.get(address).content)
        pages.append([one["slug"] for one in page["results"]])
        address = page["next"]
    back = [pages[-1]]
    while page["previous"]:
        page = json.loads(client.get(page["previous"]).content)
        back.insert(0, [one["slug"] for one in page["results"]])
    assert back == pages
    return pages


# Refusals


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("page_size", [*(word for word in NONSENSE[1:] if word not in ("19", "٣٣")), "0", "101"]),
        ("cursor", ["x", "W10", "WyJwcm9ncmFtcyIsImFmdGVyIiwxLDJd", "=" * 3000, "é"]),
        ("ordering", ["x", "-name", "id", "name,slug", "-distance", "password"]),
        ("format", ["xml", "JSON", "html", "api"]),
        ("updated_after", ["x", "2026", "2026-11-21", "2026-11-21T09:30:00", "0", "1e9"]),
        ("updated_after", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]),
        ("bbox", ["x", "0,0,0", "0,9,1,1", "-200,0,1,1"]),
        ("near", ["x" * 101, "99,1", "nan,1", "a\nb", "Nowhere-at-all"]),
        ("country", ["F", "FRA"]),
        ("status", ["ACTIVE", "x"]),
        ("near_", ["Lyon"]),
        ("limit", ["1"]),
    ],
)
def test_nonsense_is_refused_by_name_with_what_to_write_instead(name, values):
    for value in values:
        answer = ask(**{name: value})
        assert answer.status_code == 400, value
        if not is_damaged(value):
            problem = json.loads(answer.content)
            assert list(problem["errors"]) == [name], value
            assert all(problem["errors"][name])


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"radius_km": "5"}, "radius_km"),
        ({"near": "1,1", "radius_km": "-1"}, "radius_km"),
        ({"near": "1,1", "radius_km": "nan"}, "radius_km"),
        ({"near": "1,1", "radius_km": "99999"}, "radius_km"),
        ({"ordering": "distance"}, "ordering"),
        ({"ordering": "relevance"}, "ordering"),
        ({"near": "1,1", "ordering": "name"}, "ordering"),
        ({"updated_after": "2026-01-01T00:00:00Z", "ordering": "name"}, "ordering"),
        ({"updated_after": "2026-01-01T00:00:00Z", "near": "1,1"}, "near"),
        ({"updated_after": "2026-01-01T00:00:00Z", "format": "csv"}, "updated_after"),
        ({"format": "csv", "page_size": "5"}, "page_size"),
        ({"format": "geojson", "ordering": "name"}, "ordering"),
        ({"format": "jsonl", "cursor": "x"}, "cursor"),
        ({"format": "csv", "near": "Nowhere-at-all"}, "near"),
    ],
)
def test_what_does_not_go_together_is_refused(asked, name):
    assert list(errors(**asked)) == [name]


def test_the_cursor_of_one_list_opens_no_other():
    for _number in range(3):
        make_listing(name="Beacon", latitude=1, longitude=1)
    near = said(near="1,1", page_size=1)["next"].partition("cursor=")[2]
    named = said(page_size=1)["next"].partition("cursor=")[2]
    newest = said(page_size=1, ordering="-updated_at")["next"].partition("cursor=")[2]
    for cursor in (near, newest):
        assert list(errors(cursor=cursor)) == ["cursor"]
    for asked in ({"near": "1,1"}, {"ordering": "-updated_at"}, {"ordering": "updated_at"}):
        assert list(errors(cursor=named, **asked)) == ["cursor"]


@pytest.mark.parametrize("slug", ["nothing", "a--b.example", "x" * 200, "..", "%00", "é"])
def test_what_is_not_listed_is_404_with_the_same_bytes(slug):
    missing = ask(f"{PROGRAMS}really-not-there/")
    answer = ask(f"{PROGRAMS}{slug}/")
    assert (answer.status_code, answer.content) == (404, missing.content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", [PROGRAMS, f"{PROGRAMS}some/"])
def test_it_is_only_read(method, path):
    make_listing(slug="some")
    answer = getattr(Client(), method)(path)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"


# What is said

FIELDS = {
    "id",
    "slug",
    "name",
    "names",
    "summary",
    "summaries",
    "descriptions",
    "how_to_join",
    "how_to_be_visited",
    "language_shown",
    "country",
    "locality",
    "point",
    "languages",
    "services",
    "facilities",
    "website",
    "contact",
    "status",
    "capacity",
    "claim",
    "replaces",
    "organization",
    "origin",
    "source",
    "confirmed_on",
    "freshness",
    "withheld",
    "updated_at",
    "version",
}


def test_a_program_says_all_that_the_contract_names():
    place = make_facility(slug="centre", name="Centre")
    listing = make_listing(
        slug="amal",
        name="Amal",
        name_language="fr",
        names={"fr": "Amal", "ar": "أمل"},
        summaries={"ar": "زيارات", "en": "Visits"},
        latitude=45.76,
        longitude=4.84,
        precision="locality",
        locality="Lyon",
        website="https://amal.example",
        contact={"email": "post@amal.example"},
        facilities=[place, "Somewhere else"],
        as_of=PartialDate(2024, 8),
        version=3,
    )
    document = said(f"{PROGRAMS}amal/")
    assert set(document) >= FIELDS
    assert document["id"] == str(listing.pk)
    assert document["names"] == {"fr": "Amal", "ar": "أمل"}
    assert (document["summary"], document["language_shown"]) == ("Visits", "en")
    assert document["country"] == "FR"
    assert document["point"] == {"lat": 45.76, "lon": 4.84, "precision": "locality"}
    assert document["facilities"] == [
        {"id": str(place.pk), "slug": "centre", "name": "Centre"},
        {"id": None, "slug": None, "name": "Somewhere else"},
    ]
    assert document["source"] == {"url": listing.source_url, "as_of": "2024-08"}
    assert document["origin"]["url"].endswith("/programs/amal/")
    assert (document["claim"], document["organization"]) == ("unclaimed", None)
    assert document["freshness"] == "stale"
    assert datetime.fromisoformat(document["updated_at"]) == listing.updated_at
    assert document["version"] == 3
    assert said()["results"] == [document]


def test_a_program_of_a_group_names_it_and_has_no_source(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    make_card(slug="other", name="Other")
    with acting(cast.actor("amara")) as amara:
        publish_program(amara, program=make_program(cast.a, withheld=["point", "contact"]))
    (document,) = said()["results"]
    assert document["organization"] == {
        "id": str(cast.a.pk),
        "slug": "harbour-visitors",
        "name": "Harbour Visitors",
    }
    assert document["source"] is None
    assert document["point"] is None
    assert document["locality"] == ""
    assert document["withheld"] == ["point", "contact"]
    assert document["freshness"] == "fresh"
    assert document["name"] == document["names"][document["language_shown"]]


def test_each_filter_finds_what_it_names_and_nothing_else():
    make_country("GB")
    place = make_facility(slug="centre")
    card = make_card(slug="friends")
    make_listing(slug="a", name="Amal", languages=["ar-EG"], latitude=1, longitude=1)
    make_listing(slug="b", services=["phone"], status="closed", facilities=[place])
    make_listing(slug="c", claim="remote", coalitions=["avid"], organization=card)
    make_listing(slug="d", country=make_country("GB"), as_of=PartialDate(2026, 11, 20))
    asked = {
        "q": ("amal", ["a"]),
        "language": ("ar", ["a"]),
        "bbox": ("0,0,2,2", ["a"]),
        "service": ("phone", ["b"]),
        "status": ("closed", ["b"]),
        "facility": ("centre", ["b"]),
        "claim": ("remote", ["c"]),
        "coalition": ("avid", ["c"]),
        "organization": ("friends", ["c"]),
        "country": ("gb", ["d"]),
        "freshness": ("fresh", ["d"]),
    }
    for name, (value, found) in asked.items():
        assert slugs(**{name: value}) == found, name
    assert slugs(country="") == ["a", "b", "c", "d"]


# Order and pages


def test_pages_by_name_lead_through_all_and_back():
    for number in range(7):
        make_listing(slug=f"s{number}", name=f"Name {number // 2}")
    assert walk(page_size=3) == [["s0", "s1", "s2"], ["s3", "s4", "s5"], ["s6"]]
    assert [len(page) for page in walk(page_size=7)] == [7]


def test_pages_by_change_both_ways():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(5):
        make_listing(slug=f"s{number}", updated_at=start + timedelta(microseconds=number // 2))
    newest = [slug for page in walk(page_size=2, ordering="-updated_at") for slug in page]
    oldest = [slug for page in walk(page_size=2, ordering="updated_at") for slug in page]
    assert newest == oldest[::-1]
    assert set(newest[1:3]) == {"s2", "s3"}


def test_words_give_the_best_first_and_at_most_200():
    for number in range(203):
        make_listing(name=f"Harbour {number}")
    best = make_listing(name="Harbour")
    make_listing(name="Elsewhere")
    pages = walk(q="harbour", page_size=100)
    assert [len(page) for page in pages] == [100, 100]
    assert pages[0][0] == best.slug
    assert len(slugs(q="harbour", ordering="name", page_size=100)) == 100
    assert sum(len(page) for page in walk(q="harbour", ordering="name", page_size=100)) == 204


def test_near_a_place_the_nearest_come_first_with_their_distance():
    make_listing(slug="far", latitude=48.85, longitude=2.35)
    make_listing(slug="close", latitude=45.76, longitude=4.84)
    make_listing(slug="nowhere")
    answer = said(near="45.7,4.8")
    assert [(one["slug"], one["distance_km"]) for one in answer["results"]] == [
        ("close", 7.4),
        ("far", 396.0),
    ]
    assert answer["near"] == {"name": "", "country": "", "lat": 45.7, "lon": 4.8}
    assert slugs(near="45.7,4.8", radius_km="10") == ["close"]
    make_listing(slug="named", locality="Tinytown", latitude=10, longitude=10, precision="grid")
    answer = said(near="tinytown", radius_km="1")
    assert answer["near"]["name"] == "Tinytown"
    assert [one["slug"] for one in answer["results"]] == ["named"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_to_the_database_does_not_grow(number, django_assert_num_queries):
    for _number in range(number):
        make_listing(name="Amal", latitude=1, longitude=1, facilities=[make_facility()])
    for asked, queries in (
        ({}, 2),
        ({"ordering": "-updated_at"}, 2),
        ({"updated_after": "2020-01-01T00:00:00Z"}, 4),
        ({"near": "1,1"}, 4),
    ):
        ask(**asked)
        change_revision()
        with django_assert_num_queries(queries):
            ask(**asked)


# In one piece


def whole(form, **parameters):
    answer = ask(format=form, **parameters)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_every_form_holds_every_program_once():
    for number in range(5):
        make_listing(slug=f"s{number}", name=f"N{-number}", latitude=-1.5, longitude=number)
    make_listing(slug="s5")
    expected = {f"s{number}" for number in range(6)}
    rows = list(csv.DictReader(io.StringIO(whole("csv"))))
    lines = [json.loads(line) for line in whole("jsonl").splitlines()]
    features = json.loads(whole("geojson"))["features"]
    assert [row["slug"] for row in rows] == sorted(expected)
    assert [line["slug"] for line in lines] == sorted(expected)
    assert [one["properties"]["slug"] for one in features] == sorted(expected)
    assert float(rows[0]["lat"]) == -1.5
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [0.0, -1.5]}
    assert features[5]["geometry"] is None
    assert lines[0] == said(f"{PROGRAMS}s0/")
    assert len(whole("csv", country="GB").splitlines()) == 1
    assert json.loads(whole("geojson", country="GB"))["features"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_run_by_a_table_program(start):
    make_listing(slug="a", name=f"{start}cmd|' /C calc'!A0", latitude=-3, longitude=-4)
    make_listing(slug="b", name='He said "no",\nthen went', note="| a | b")
    text = whole("csv")
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["a"]["name"] == f"'{start}cmd|' /C calc'!A0"
    assert rows["b"]["name"] == 'He said "no",\nthen went'
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_an_export_is_not_sent_twice_and_follows_changes():
    make_listing()
    change_revision()
    client = Client()
    first = client.get(PROGRAMS, {"format": "csv"})
    list(first.streaming_content)
    asked = {"If-None-Match": first["ETag"]}
    assert client.get(PROGRAMS, {"format": "csv"}, headers=asked).status_code == 304
    assert client.get(PROGRAMS, {"format": "jsonl"}, headers=asked).status_code == 200
    change_revision()
    again = Client().get(PROGRAMS, {"format": "csv"}, headers=asked)
    assert again.status_code == 200
    assert again["Content-Disposition"] == 'attachment; filename="programs.csv"'
    assert client.head(PROGRAMS, {"format": "csv"}).status_code == 200


def test_too_many_exports_at_once_are_told_to_wait():
    make_listing()
    gc.collect()  # what other tests left unread
    held = [ask(format="csv") for _number in range(4)]
    refused = ask(format="csv")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert json.loads(refused.content)["status"] == 429
    assert ask().status_code == 200
    held.pop()  # somebody who never began to read
    gc.collect()
    for answer in held:
        list(answer.streaming_content)
    assert len(whole("csv").splitlines()) == 2
