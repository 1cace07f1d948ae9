"""Places of detention in the API: the list, one, and who may visit there."""

import csv
import io
import json

import pytest
from django.test import Client

from directory.actions.revisions import change_revision
from network.fields import PartialDate
from tests.api.test_programs import ask, errors, said
from tests.factories import (
    make_claim,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)

PLACES = "/api/v1/facilities/"
pytestmark = pytest.mark.django_db


def found(**parameters):
    return [one["slug"] for one in said(PLACES, **parameters)["results"]]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"service": "visits"}, "service"),
        ({"updated_after": "2026-01-01T00:00:00Z"}, "updated_after"),
        ({"kind": "jail"}, "kind"),
        ({"status": "active"}, "status"),
        ({"ordering": "-updated_at"}, "ordering"),
        ({"format": "jsonl"}, "format"),
        ({"format": "csv", "page_size": "1"}, "page_size"),
        ({"radius_km": "1"}, "radius_km"),
        ({"cursor": "x"}, "cursor"),
    ],
)
def test_what_is_not_asked_of_places_is_refused(asked, name):
    answer = Client().get(PLACES, asked)
    assert answer.status_code == 400
    assert list(json.loads(answer.content)["errors"]) == [name]


@pytest.mark.parametrize("path", ["nothing/", "nothing/access/", "centre/other/"])
def test_what_is_not_there_is_404(path):
    make_facility(slug="centre")
    assert ask(f"{PLACES}{path}").status_code == 404
    assert Client().get(f"{PLACES}centre/?unheard=1").status_code == 400


def test_filters_orders_and_pages():
    make_facility(slug="a", name="Alpha", kind="criminal", latitude=1, longitude=1)
    make_facility(slug="b", name="Beta", status="closed", latitude=1, longitude=2)
    make_facility(slug="c", name="Gamma", country=make_country("GB"))
    make_facility(slug="dup", name="Beta again", merged_into=make_facility(slug="d", name="Delta"))
    assert found() == ["a", "b", "d", "c"]
    assert found(kind="criminal") == ["a"]
    assert found(status="closed") == ["b"]
    assert found(country="gb") == ["c"]
    assert found(bbox="0,0,1.5,2") == ["a"]
    assert found(q="beta") == ["b"]
    assert found(near="1,2.1") == ["b", "a"]
    assert found(near="1,2.1", radius_km=50) == ["b"]
    first = said(PLACES, page_size=2)
    assert [one["slug"] for one in first["results"]] == ["a", "b"]
    second = json.loads(Client().get(first["next"]).content)
    assert [one["slug"] for one in second["results"]] == ["d", "c"]
    assert json.loads(Client().get(second["previous"]).content)["results"] == first["results"]
    assert errors(facility="%") == errors(facility="a b")


def test_every_form_holds_every_place_once():
    make_facility(slug="a", latitude=-1, longitude=-2)
    make_facility(slug="b", name="=1+1")
    table = b"".join(ask(PLACES, format="csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["slug"], row["lon"]) for row in rows] == [("a", " -2.0"), ("b", "")]
    assert rows[1]["name"] == "'=1+1"
    text = b"".join(ask(PLACES, format="geojson").streaming_content)
    first, second = json.loads(text)["features"]
    assert first["geometry"]["coordinates"] == [-2.0, -1.0]
    assert second["geometry"] is None


def test_one_place_with_its_sources_and_programs():
    place = make_facility(slug="centre", as_of=PartialDate(2024), capacity=80)
    make_claim(place, values={"capacity": 80}, as_of=PartialDate(2023, 5))
    make_listing(slug="visitors", facilities=[place])
    make_listing(slug="elsewhere", facilities=[make_facility()])
    document = said(f"{PLACES}centre/")
    assert (document["capacity"], document["source"]["as_of"]) == (80, "2024")
    assert [one["source"]["as_of"] for one in document["claims"]] == ["2023-05"]
    assert [one["slug"] for one in document["programs"]] == ["visitors"]


def test_a_duplicate_leads_to_what_it_was_merged_into():
    make_facility(slug="old", merged_into=make_facility(slug="new"))
    for path in ("", "access/"):
        answer = ask(f"{PLACES}old/{path}")
        assert answer.status_code == 301
        assert answer["Location"].endswith(f"{PLACES}new/{path}")
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_who_may_visit_a_place():
    place, other = make_facility(slug="centre"), make_facility(slug="other")
    event = make_event(facility=place, effective_from=PartialDate(2024, 3))
    make_event(facility=other)
    nationwide = make_event(facility_name="All centres", effective_from=PartialDate(2020))
    make_rule(facility=place)
    make_rule(facility=other)
    document = said(f"{PLACES}centre/access/")
    assert document["facility"]["slug"] == "centre"
    assert [one["id"] for one in document["events"]] == [str(event.pk), str(nationwide.pk)]
    own, wide = document["standings"]
    assert (own["status"], own["since"], own["whole_country"]) == ("suspended", "2024-03", False)
    assert wide["whole_country"]
    assert own["unconfirmed"]
    (rule,) = document["rules"]
    assert rule["days_hours"] == "Tue and Sat 14:00-16:00"
    assert rule["source"]["as_of"] == "2022-10-13"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(number, django_assert_num_queries):
    place = make_facility(slug="centre", latitude=1, longitude=1)
    for _number in range(number):
        make_facility(latitude=1, longitude=1)
        make_event(facility=place)
        make_rule(facility=place)
        make_claim(place)
        make_listing(facilities=[place])
    for path, asked, queries in (
        (PLACES, {}, 2),
        (PLACES, {"near": "1,1"}, 4),
        (f"{PLACES}centre/", {}, 5),
        (f"{PLACES}centre/access/", {}, 4),
    ):
        ask(path, **asked)
        change_revision()
        with django_assert_num_queries(queries):
            ask(path, **asked)
