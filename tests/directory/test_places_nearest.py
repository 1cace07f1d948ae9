"""The town by which a spot on the map is called."""

import random

import pytest

from directory.queries.places_nearest import MOST_POINTS, places_nearest
from directory.queries.points import Point, kilometres
from tests.directory.towns import load_towns, town

pytestmark = pytest.mark.django_db


def named(*points, language="en"):
    return places_nearest([Point(*point) for point in points], language)


def test_each_point_by_its_town():
    load_towns()
    points = [(45.74, 4.9), (48.9, 2.2), (36.9, 10.2), (0.0, 0.0)]
    assert named(*points) == ["Lyon", "Paris", "Tunis", ""]
    assert named(*points, language="ar") == ["ليون", "باريس", "تونس", ""]
    assert named() == []


def test_size_is_weighed_against_distance():
    load_towns()
    assert named((45.77, 4.88)) == ["Lyon"]
    crawley = town(50, "Crawley", "GB", (51.11, -0.19), 120_000)
    load_towns([town(13, "London", "GB", (51.51, -0.13), 8_900_000), crawley])
    assert named((51.15, -0.18), (51.4, -0.1)) == ["Crawley", "London"]


def test_nothing_is_near_farther_off_than_100_km():
    load_towns([town(1, "Only", "FR", (45.0, 5.0), 10_000_000)])
    assert named((45.89, 5.0), (45.91, 5.0), (45.0, 6.26), (45.0, 6.29)) == [
        "Only",
        "",
        "Only",
        "",
    ]


def test_over_the_line_where_the_day_changes_and_at_the_poles():
    towns = [
        town(1, "East", "FJ", (-17.0, -179.8), 1000),
        town(2, "West", "FJ", (-40.0, 179.9), 1000),
        town(3, "North", "XX", (89.8, 10.0), 1000),
        town(4, "South", "XX", (-90.0, 0.0), 1000),
    ]
    load_towns(towns)
    points = [(-17.0, 179.9), (-40.0, -179.9), (-17.0, 180.0), (89.9, -170.0), (-89.5, 99.0)]
    assert named(*points) == ["East", "West", "East", "North", "South"]


def test_a_town_of_nobody_has_no_weight():
    load_towns([town(1, "Empty", "XX", (1.0, 1.0), 0)])
    assert named((1.0, 1.0)) == [""]


def test_other_towns_are_seen_when_they_are_loaded(django_assert_num_queries):
    load_towns([town(1, "Before", "FR", (45, 5), 20_000)])
    with django_assert_num_queries(3):
        assert named((45, 5)) == ["Before"]
    load_towns([town(1, "After", "FR", (45, 5), 20_000)])
    with django_assert_num_queries(3):
        assert named((45, 5)) == ["After"]
    with django_assert_num_queries(1):
        named(*[(45, 5), (46, 5), (47, 5)] * 30)
    load_towns([town(n, f"Town {n}", "FR", (45 + n, 5), 20_000) for n in range(1, 4)])
    for points, queries in (([(46, 5)], 3), ([(46, 5), (47, 5), (48, 5)], 2), ([(48, 5)], 1)):
        with django_assert_num_queries(queries):
            assert all(named(*points))


def test_without_towns_nothing_has_a_name():
    assert named((45, 5)) == [""]


def test_more_points_than_a_map_shows_are_refused():
    assert len(named(*[(45, 5)] * MOST_POINTS)) == MOST_POINTS
    with pytest.raises(ValueError, match="at most 100"):
        named(*[(45, 5)] * (MOST_POINTS + 1))


def test_random_points_as_by_hand():
    chance = random.Random(7)  # noqa: S311 - points of a test, no secrets
    around = [(50.5, 7.0), (-17.5, 179.9), (88.9, 0.0), (0.0, -0.5)]

    def spot():
        latitude, longitude = chance.choice(around)
        latitude = max(-90.0, min(90.0, chance.gauss(latitude, 1.2)))
        return latitude, (chance.gauss(longitude, 2) + 540) % 360 - 180

    towns = [town(n, f"Town {n}", "XX", spot(), chance.randrange(1, 10**6)) for n in range(1, 400)]
    load_towns(towns)

    def by_hand(point):
        scores = []
        for one in towns:
            km = kilometres(Point(*point), Point(one.latitude, one.longitude))
            if km <= 100:
                scores.append((one.population**0.5 / (1 + (km / 12) ** 2), one.name))
        return max(scores, default=(0, ""))[1]

    points = [spot() for _ in range(100)]
    assert named(*points) == [by_hand(point) for point in points]
