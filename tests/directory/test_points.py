"""Points as readers write them, distances, boxes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.queries.points import (
    HALF_WAY_KM,
    Point,
    PointError,
    box_around,
    kilometres,
    parse_point,
)

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
# The forms that East Asian keyboards write.
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
POINTS = st.builds(Point, LATITUDES, LONGITUDES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48.2, 16.37", (48.2, 16.37)),
        ("48.2,16.37", (48.2, 16.37)),
        ("  48.2 , 16.37\t", (48.2, 16.37)),
        ("48.2 16.37", (48.2, 16.37)),
        ("48.2; 16.37", (48.2, 16.37)),
        ("48,2; 16,37", (48.2, 16.37)),
        ("48,2 16,37", (48.2, 16.37)),
        ("48,2", (48.0, 2.0)),
        ("-33.9,+151.2", (-33.9, 151.2)),
        ("\u221233.9, 151.2", (-33.9, 151.2)),
        ("48.2°, 16.37°", (48.2, 16.37)),
        ("٤٨\u066b٢، ١٦\u066b٣", (48.2, 16.3)),
        ("۴۸\u066b۲، ۱۶\u066b۳", (48.2, 16.3)),
        ("४८.२, १६.३७", (48.2, 16.37)),
        ("48.2,16.37".translate(WIDE), (48.2, 16.37)),
        ("48.2、16.37", (48.2, 16.37)),
        ("90,180", (90.0, 180.0)),
        ("-90,-180", (-90.0, -180.0)),
        ("0,0", (0.0, 0.0)),
        (".5,-.5", (0.5, -0.5)),
        ("5.,6.", (5.0, 6.0)),
    ],
)
def test_a_point_is_read(text, expected):
    found = parse_point(text)
    assert (found.latitude, found.longitude) == expected


def test_nothing_below_zero_is_nothing():
    found = parse_point("-0,-0.0")
    assert str(found.latitude) == str(found.longitude) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Lyon", "75001", "48.2", "48.2 ", "2024-01-01", "+49 30 123456", "10 20"),
        *("Paris, 5", "5, rue", ",", ";", "-,-", "nan", "inf", "1e5,2", "0x10,0x20", "1_0,2_0"),
        *("48.2N,16.37E", "geo:48.2,16.37", "48.2,16.37\u202e", "²,³", "½,½", "Ⅷ,Ⅸ", "48.2/16.37"),
        "9" * 200 + ",0",
    ],
)
def test_what_is_no_point_is_none(text):
    assert parse_point(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("90.0001,0", "range"),
        ("-91,0", "range"),
        ("0,180.5", "range"),
        ("0,-181", "range"),
        ("12,345", "range"),
        ("nan,0", "range"),
        ("0,nan", "range"),
        ("inf,inf", "range"),
        ("0;-Infinity", "range"),
        ("9" * 90 + ",0", "range"),
        ("1,2,3", "form"),
        ("48,2, 16,37", "form"),
        ("1;2;3", "form"),
        ("1.2.3,4", "form"),
        ("--1,2", "form"),
        (",5", "form"),
        ("5,", "form"),
    ],
)
def test_what_looks_like_a_point_and_is_none_is_refused(text, code):
    with pytest.raises(PointError) as refused:
        parse_point(text)
    assert refused.value.code == code
    assert str(refused.value.message) == str(refused.value)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 90.1, -90.1])
def test_a_point_off_the_globe_cannot_be_made(bad):
    with pytest.raises(PointError):
        Point(bad, 0)
    with pytest.raises(PointError):
        Point(0, bad * 2)


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    try:
        found = parse_point(text)
    except PointError:
        return
    assert found is None or abs(found.latitude) <= 90


@given(st.text(alphabet="0123456789.,;+- °\u066b،٤", max_size=30))
def test_no_text_of_numbers_breaks_it(text):
    try:
        found = parse_point(text)
    except PointError:
        return
    assert found is None or abs(found.longitude) <= 180


def by_vectors(one, other):
    """The same distance by another formula: the angle of two vectors."""

    def vector(point):
        latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
        return (
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        )

    a, b = vector(one), vector(other)
    cross = (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    return 6371.0088 * math.atan2(math.hypot(*cross), dot)


@given(POINTS, POINTS)
def test_distance_is_that_of_another_formula(one, other):
    assert kilometres(one, other) == pytest.approx(by_vectors(one, other), abs=0.5)
    assert kilometres(one, other) == kilometres(other, one)
    assert 0 <= kilometres(one, other) <= HALF_WAY_KM


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((48.8566, 2.3522), (51.5074, -0.1278), 343.6),
        ((-17.8, 178.0), (-17.8, -178.0), 423.5),
        ((89.9, 0), (89.9, 180), 22.2),
        ((0, 180), (0, -180), 0),
        ((90, 12), (90, -77), 0),
        ((0, 0), (0, 180), 20015.1),
    ],
)
def test_distances_that_are_known(one, other, km):
    assert kilometres(Point(*one), Point(*other)) == pytest.approx(km, abs=0.06)


def holds(box, point):
    """Whether a condition holds for a point, as a database would say."""
    answers = []
    for part in box.children:
        if not isinstance(part, tuple):
            answers.append(holds(part, point))
            continue
        column, _, verb = part[0].partition("__")
        value = getattr(point, column)
        answers.append(value >= part[1] if verb == "gte" else value <= part[1])
    return all(answers) if box.connector == "AND" else any(answers)


@given(POINTS, POINTS, st.floats(0, 21_000))
def test_a_box_holds_everything_within_its_distance(middle, other, km):
    if kilometres(middle, other) <= km:
        assert holds(box_around(middle, km), other)


@given(LATITUDES, LONGITUDES, st.floats(0, 360), st.floats(1, 5000))
def test_a_box_holds_its_edge(latitude, longitude, bearing, km):
    turn, arc, up = math.radians(bearing), km / 6371.0088, math.radians(latitude)
    sine = math.sin(up) * math.cos(arc) + math.cos(up) * math.sin(arc) * math.cos(turn)
    edge = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(up),
        math.cos(arc) - math.sin(up) * math.sin(edge),
    )
    there = (longitude + math.degrees(east) + 540) % 360 - 180
    middle, other = Point(latitude, longitude), Point(math.degrees(edge), there)
    if kilometres(middle, other) <= km:
        assert holds(box_around(middle, km), other)


def test_a_box_is_narrow_where_it_can_be():
    box = box_around(Point(48, 179.5), 100)
    assert holds(box, Point(48, -179.8))
    assert not holds(box, Point(48, -177))
    assert not holds(box, Point(48, 0))
    assert not holds(box, Point(50, 179.5))
    assert holds(box_around(Point(89.9, 0), 100), Point(89.5, 180))
