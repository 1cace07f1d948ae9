"""What can be kept of a program, and what is said where something cannot."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.models import GazetteerName, GazetteerPlace
from directory.queries import known_places
from directory.queries.coarse_places import CoarsePlace, coarsened, snap
from directory.queries.points import Point
from directory.queries.program_checks import checked_values
from tests.factories import make_country, make_facility

pytestmark = pytest.mark.django_db
PRESENT = {
    "country": "GB",
    "region": "",
    "locality": "Nowhereton",
    "point": {"lat": 51.5, "lon": -0.1},
    "precision": "grid",
}


@pytest.fixture(autouse=True)
def _countries(db):
    known_places._last = None
    make_country("GB")
    make_country("US")


def town(number, name, country, admin1, latitude, longitude, population):
    place = GazetteerPlace.objects.create(
        pk=number,
        name=name,
        names={},
        country=country,
        admin1=admin1,
        latitude=latitude,
        longitude=longitude,
        population=population,
    )
    GazetteerName.objects.create(place=place, folded=name.lower(), is_main=True)


REFUSED = [
    ("names", {}),
    ("names", {"en": "   "}),
    ("names", "Harbour"),
    ("names", {"xx": "Harbour"}),
    ("names", {"en": "x" * 201}),
    ("names", {"en": "two\nlines"}),
    ("names", {"en": 5}),
    ("summaries", {"en": "x" * 401}),
    ("descriptions", {"en": "turned \u202e around"}),
    ("descriptions", {"en": "null \x00"}),
    ("status", "ended"),
    ("status", None),
    ("status", ["active"]),
    ("languages", "en"),
    ("languages", ["en", "english"]),
    ("languages", [5]),
    ("services", ["massage"]),
    ("services", {"visits": True}),
    ("facilities", ["gb-nothing-here"]),
    ("facilities", [{"slug": "gb-nothing-here", "name": "x"}]),
    ("facilities", [{"slug": "\x00"}]),
    ("facilities", [{"name": "x", "secret": 1}]),
    ("facilities", "gb-harbour"),
    ("facilities", [["gb-harbour"]]),
    ("facilities", ["x" * 201]),
    ("website", "javascript:alert(1)"),
    ("website", "http://localhost/"),
    ("website", 7),
    ("contact", {"fax": "1"}),
    ("contact", {"email": "nobody"}),
    ("contact", {"phone": "call me"}),
    ("contact", {"phone": "1" * 40}),
    ("contact", ["phone"]),
    ("capacity", {"volunteers": "yes"}),
    ("capacity", {"languages": ["english"]}),
    ("capacity", {"beds": 5}),
    ("withheld", ["names"]),
    ("withheld", ["country"]),
    ("country", "ZZ"),
    ("country", ""),
    ("country", 4),
    ("locality", "x" * 121),
    ("point", {"lat": 51.5}),
    ("point", {"lat": "51.5", "lon": "0"}),
    ("point", {"lat": 91, "lon": 0}),
    ("point", {"lat": float("nan"), "lon": 0}),
    ("point", {"lat": 10**400, "lon": 0}),
    ("point", {"lat": True, "lon": 0}),
    ("point", {"lat": 0, "lon": 0}),
    ("point", [51.5, 0]),
    ("precision", "exact"),
    ("precision", "withheld"),
    ("precision", "about"),
    ("version", 3),
    ("slug", "mine"),
    ("replaces", []),
]


@pytest.mark.parametrize(("name", "value"), REFUSED, ids=str)
def test_what_cannot_be_kept_says_so_at_its_field(name, value):
    with pytest.raises(ValidationError) as refused:
        checked_values({name: value}, PRESENT)
    assert set(refused.value.message_dict) == {name}
    assert all(refused.value.message_dict[name])


def test_every_field_that_is_wrong_is_named_at_once():
    with pytest.raises(ValidationError) as refused:
        checked_values({"status": "x", "country": "ZZ", "services": ["x"], "odd": 1}, None)
    assert set(refused.value.message_dict) == {"names", "status", "country", "services", "odd"}


def test_values_are_kept_in_their_usual_form():
    place = make_facility(slug="gb-harbour-house", name="Harbour House")
    merged = make_facility(slug="gb-harbour-annex", name="Annex", merged_into=place)
    assert merged.merged_into == place
    found = checked_values(
        {
            "names": {"EN": "  Harbour ", "zh_hant": "港", "fr": " "},
            "languages": ["eng", "en", "pt-br"],
            "services": ["visits", "visits"],
            "facilities": [
                "gb-harbour-house",
                "Old jail",
                {"slug": "gb-harbour-annex", "name": "A"},
            ],
            "contact": {"phone": " +44 20 7946 0000 ", "email": "", "hours": "Mon"},
            "capacity": {"volunteers": False, "languages": [], "note": ""},
            "withheld": ["website", "contact", "website"],
            "how_to_join": {"en": "one\r\ntwo"},
        },
        PRESENT,
    )
    assert found["names"] == {"en": "Harbour", "zh-Hant": "港"}
    assert found["languages"] == ["en", "pt-BR"]
    assert found["services"] == ["visits"]
    assert [(p["slug"], p["name"]) for p in found["facilities"]] == [
        ("gb-harbour-house", "Harbour House"),
        (None, "Old jail"),
        ("gb-harbour-house", "A"),
    ]
    assert found["contact"] == {"phone": "+44 20 7946 0000", "hours": "Mon"}
    assert found["capacity"] == {"volunteers": False}
    assert found["withheld"] == ["contact", "website"]
    assert found["how_to_join"] == {"en": "one\ntwo"}


def test_a_point_is_never_kept_as_it_was_given():
    found = checked_values({"point": {"lat": 51.507351, "lon": -0.127758}}, PRESENT)
    assert found["point"] == {"lat": 51.5, "lon": -0.1}
    assert found["precision"] == "grid"
    # Whoever says that a house is the middle of an unknown town is not believed.
    found = checked_values(
        {"point": {"lat": 51.507351, "lon": -0.127758}, "precision": "locality"}, PRESENT
    )
    assert (found["point"], found["precision"]) == ({"lat": 51.5, "lon": -0.1}, "grid")


def test_a_town_that_is_known_stands_at_its_centre():
    town(1, "Dover", "GB", "ENG", 51.12598, 1.31257, 31000)
    named = checked_values({"names": {"en": "x"}, "country": "GB", "locality": "Dover"}, None)
    assert named["point"] == {"lat": 51.12598, "lon": 1.31257}
    assert named["precision"] == "locality"
    near = checked_values(
        {"country": "GB", "locality": "Dover", "point": {"lat": 51.13111, "lon": 1.3001}}, PRESENT
    )
    assert near["point"] == named["point"]
    far = checked_values(
        {"country": "GB", "locality": "Dover", "point": {"lat": 55.987, "lon": -3.21}}, PRESENT
    )
    assert (far["point"], far["precision"]) == ({"lat": 56.0, "lon": -3.2}, "grid")


def test_a_town_that_changes_takes_its_point_along():
    town(1, "Dover", "GB", "ENG", 51.12598, 1.31257, 31000)
    moved = checked_values({"locality": "Dover"}, PRESENT)
    assert moved["point"] == {"lat": 51.12598, "lon": 1.31257}
    left = checked_values({"locality": "Unheard-of"}, PRESENT)
    assert (left["point"], left["precision"]) == (None, "country")
    same = checked_values({"locality": "Nowhereton"}, PRESENT)
    assert {name: same[name] for name in PRESENT} == PRESENT


def test_the_country_alone_keeps_no_point():
    found = checked_values({"precision": "country"}, PRESENT)
    assert (found["point"], found["precision"]) == (None, "country")


def test_towns_of_one_name_are_told_apart_by_their_region():
    town(1, "Springfield", "US", "IL", 39.80, -89.64, 114000)
    town(2, "Springfield", "US", "MO", 37.21, -93.29, 169000)
    new = {"names": {"en": "x"}, "country": "US", "locality": "Springfield"}
    with pytest.raises(ValidationError) as refused:
        checked_values(new, None)
    assert "Illinois" in refused.value.message_dict["region"][0]
    found = checked_values({**new, "region": "Illinois"}, None)
    assert found["point"] == {"lat": 39.80, "lon": -89.64}


def test_a_large_town_is_meant_rather_than_a_hamlet():
    town(1, "London", "GB", "ENG", 51.51, -0.13, 8900000)
    town(2, "London", "GB", "WLS", 52.5, -3.5, 40)
    found = checked_values({"names": {"en": "x"}, "country": "GB", "locality": "London"}, None)
    assert found["point"] == {"lat": 51.51, "lon": -0.13}


@settings(max_examples=200, deadline=None)
@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(["", "grid", "locality", "region", "country"]),
)
def test_coarsening_is_coarse_and_twice_is_once(latitude, longitude, precision):
    point = Point(latitude, longitude)
    if point == Point(0.0, 0.0):
        return
    place = CoarsePlace("GB", "", "Nowhereton", point, precision)
    once = coarsened(place)
    if once.point is None:
        assert once.precision == "country"
        return
    assert once.point == snap(once.point)
    assert abs(once.point.latitude - latitude) <= 0.0501
    if once.point != Point(0.0, 0.0):
        assert coarsened(once) == once
