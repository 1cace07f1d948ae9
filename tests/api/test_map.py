"""The map of the API: what it shows, what it refuses, and that what is kept is never stale."""

import gzip
import json

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from api.middleware.kept import KeptAnswers, kept
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.revisions import change_revision
from directory.models import Country
from frontend.middleware.clean_input import is_damaged
from network.tenancy import acting
from tests.directory.test_publishing import make_program
from tests.factories import make_facility, make_listing

MAP = "/api/v1/map/"
WORLD = {"bbox": "-180,-85,180,85", "zoom": "1"}
pytestmark = pytest.mark.django_db


def ask(**parameters):
    """The answer to a client for whom nothing is kept from before."""
    return Client().get(MAP, {**WORLD, **parameters})


def features(**parameters):
    answer = ask(**parameters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["features"]


def test_an_empty_directory_is_an_empty_collection():
    answer = ask()
    assert answer["Content-Type"] == "application/geo+json"
    assert json.loads(answer.content) == {"type": "FeatureCollection", "features": []}


def test_a_program_and_a_cluster():
    make_listing(slug="wien", name="Wien", latitude=48.20849, longitude=16.37208, locality="Wien")
    make_listing(slug="lyon-1", latitude=45.76, longitude=4.83, locality="Lyon")
    make_listing(slug="lyon-2", latitude=45.80, longitude=4.90, locality="Lyon")
    cluster, single = features(zoom="6")
    assert cluster["properties"] == {
        "cluster": True,
        "count": 2,
        "bbox": [4.83, 45.76, 4.9, 45.8],
        "near": "Lyon",
        "country": "FR",
    }
    assert single == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [16.372, 48.208]},
        "properties": {
            "slug": "wien",
            "name": "Wien",
            "status": "active",
            "freshness": "unknown",
            "precision": "locality",
        },
    }


def test_filters_are_those_of_the_list():
    make_listing(slug="a", latitude=1, longitude=1, languages=["ar"], name="Amal")
    make_listing(slug="b", latitude=2, longitude=40, services=["phone"], status="closed")
    make_listing(slug="c", latitude=3, longitude=80, claim="remote", coalitions=["avid"])
    asked = {
        "q": "amal",
        "language": "ar",
        "service": "phone",
        "status": "closed",
        "claim": "remote",
        "coalition": "avid",
    }
    found = {
        name: [one["properties"]["slug"] for one in features(zoom="6", **{name: value})]
        for name, value in asked.items()
    }
    assert found == {
        "q": ["a"],
        "language": ["a"],
        "service": ["b"],
        "status": ["b"],
        "claim": ["c"],
        "coalition": ["c"],
    }
    assert features(facility="nothing-has-this-slug") == []
    assert features(country="fr", zoom="6") == features(zoom="6")


def test_places_are_a_layer():
    make_listing(latitude=1, longitude=1)
    make_facility(slug="centre", name="Centre", latitude=2, longitude=2)
    (place,) = features(layer="facilities")
    assert place["properties"]["slug"] == "centre"
    assert "freshness" not in place["properties"]
    assert features(layer="facilities", q="elsewhere") == []


NONSENSE = [
    "",
    "x",
    "-1",
    "19",
    "1.5",
    "1e3",
    "٣٣",
    "nan",
    "null",
    "[]",
    "0x3",
    "1" * 400,
    "\u202e1",
]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("zoom", NONSENSE),
        (
            "bbox",
            [*NONSENSE, "0,0,0", "1,2,3,4,5", "-200,0,1,1", "0,9,1,1", "inf,0,0,0", "a,b,c,d"],
        ),
        ("layer", ["x", "PROGRAMS", "people", "programs,facilities"]),
        ("country", ["F", "FRA", "F1", "--", "\u0660\u0660"]),
        ("language", ["x", "ar_EG", "a" * 30, "ar'--"]),
        ("service", ["x", "Visits", "visits,phone"]),
        ("status", ["x", "ACTIVE"]),
        ("freshness", ["x", "old"]),
        ("claim", ["x", "true"]),
        ("facility", ["../x", "a b", "x" * 200, "%", "a/b"]),
        ("q", ["x" * 201, "a\u202eb", "a\nb"]),
        ("unheard_of", ["1"]),
        ("BBOX", ["1,2,3,4"]),
    ],
)
def test_nonsense_is_refused_by_name_with_what_to_write_instead(name, values):
    for value in values:
        answer = ask(**{name: value})
        assert answer.status_code == 400, value
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Cache-Control"] == "no-store"
        if not is_damaged(value):  # refused before any parameter is looked at
            problem = json.loads(answer.content)
            assert list(problem["errors"]) == [name]
            assert all(problem["errors"][name])


def test_a_parameter_given_twice_or_missing_is_refused():
    assert "zoom" in json.loads(Client().get(f"{MAP}?bbox=1,2,3,4").content)["errors"]
    twice = Client().get(f"{MAP}?bbox=1,2,3,4&zoom=1&zoom=2")
    assert json.loads(twice.content)["errors"] == {"zoom": ["Give this parameter once."]}


def test_places_have_no_filters_of_programs():
    answer = ask(layer="facilities", status="active", claim="own")
    assert set(json.loads(answer.content)["errors"]) == {"status", "claim"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_map_is_only_read(method):
    assert getattr(Client(), method)(f"{MAP}?bbox=1,2,3,4&zoom=1").status_code == 405


def test_a_far_view_weighs_at_most_a_kilobyte_and_a_half_and_loses_nobody():
    for number in range(400):
        make_listing(
            name=f"Besuchsgruppe mit einem langen Namen {number * 7919}",
            latitude=-50 + number * 0.3,
            longitude=-170 + number * 0.8,
        )
    change_revision()
    for zoom in range(6):
        answer = Client().get(MAP, {**WORLD, "zoom": zoom}, headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) <= 1536
        found = json.loads(gzip.decompress(answer.content))["features"]
        assert 1 < len(found) <= 100
        assert sum(one["properties"].get("count", 1) for one in found) == 400


def test_no_cookie_and_shared_with_every_origin_never_with_credentials():
    client = Client(headers={"Origin": "https://elsewhere.example", "Cookie": "sessionid=x"})
    for answer in (client.get(MAP, WORLD), client.get(MAP, WORLD)):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Cache-Control"] == "public, max-age=30"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in client.get("/")


def test_an_entity_tag_for_each_coding():
    make_listing(latitude=1, longitude=1)
    change_revision()
    client = Client()
    plain, packed = (
        client.get(MAP, WORLD),
        client.get(MAP, WORLD, headers={"Accept-Encoding": "gzip"}),
    )
    assert plain["ETag"] != packed["ETag"]
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(MAP, WORLD, headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(MAP, WORLD, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_is_kept_answers_without_a_question_until_something_changes(
    django_assert_num_queries,
):
    now = [100.0]
    asked = []

    def view(request):
        asked.append(request.get_full_path())
        return kept(HttpResponse(b"map"), "") if "unkept" in request.path else _with_mark()

    def _with_mark():
        from directory.queries.revisions import directory_revision

        return kept(HttpResponse(b"map"), directory_revision())

    change_revision()
    middleware = KeptAnswers(view, clock=lambda: now[0])
    request = RequestFactory().get(MAP)
    middleware(request)
    now[0] += 5
    with django_assert_num_queries(1):
        middleware(request)
    with django_assert_num_queries(0):
        middleware(request)
    assert len(asked) == 1
    change_revision()
    now[0] += 1
    middleware(request)
    assert len(asked) == 2


def test_a_flood_of_different_questions_does_not_fill_the_memory():
    def view(request):
        return kept(HttpResponse(b"x" * 100_000), mark)

    change_revision()
    from directory.queries.revisions import directory_revision

    mark = directory_revision()
    middleware = KeptAnswers(view)
    for number in range(400):
        middleware(RequestFactory().get(MAP, {"zoom": number}))
    assert middleware._answers.currsize <= middleware._answers.maxsize
    assert len(middleware._answers) < 200
    middleware(RequestFactory().get(MAP, {"q": "x" * 1000}))
    assert not any("q=x" in key for key in middleware._answers)


def test_a_program_is_gone_from_the_map_once_it_is_unpublished(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    amara = cast.actor("amara")
    with acting(amara):
        program = make_program(cast.a)
        assert features() == []
        publish_program(amara, program=program)
        assert [one["properties"]["slug"] for one in features()] == ["harbour"]
        unpublish_program(amara, program=program)
    assert features() == []


def test_a_withheld_point_leaves_no_trace(cast):
    Country.objects.create(
        iso2="GB", names={"en": "United Kingdom"}, latitude=54.0, longitude=-2.0
    )
    amara = cast.actor("amara")
    with acting(amara):
        program = make_program(cast.a, withheld=["point"])
        publish_program(amara, program=program)
    assert features() == []
    assert features(country="GB", zoom="9") == []
    tags = {ask(bbox=box, zoom="9")["ETag"] for box in ("-1,51,1,52", "50,10,51,11")}
    assert len(tags) == 1
