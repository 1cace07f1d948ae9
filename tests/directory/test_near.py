"""Programs and places by distance, against counting every one of them."""

import datetime as dt
import math
import random

import pytest
from django.db.models import F

from directory.enums import Precision
from directory.models import Facility, Listing
from directory.queries.listing_filters import ListingFilter, listings_matching
from directory.queries.near import MOST, facilities_near, listings_near
from directory.queries.points import Point, kilometres
from tests.directory.towns import add_listings
from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db

VIENNA = Point(48.2, 16.37)


def slugs(near):
    names = dict(Listing.objects.values_list("pk", "slug"))
    return [names[one.pk] for one in near]


def by_hand(rows, point, radius):
    """What must be found: every row looked at."""
    distances = []
    for row in rows:
        if row.latitude is None or row.precision in ("country", "withheld"):
            continue
        km = kilometres(point, Point(row.latitude, row.longitude))
        if radius is None or km <= radius:
            distances.append((round(km, 3), row.slug))
    return [slug for _km, slug in sorted(distances)[:MOST]]


def test_nearest_first_with_distances():
    make_listing(slug="graz", latitude=47.07, longitude=15.44)
    make_listing(slug="wien", latitude=48.21, longitude=16.37)
    make_listing(slug="paris", latitude=48.8566, longitude=2.3522)
    near = listings_near(Listing.objects.all(), VIENNA, None)
    assert slugs(near) == ["wien", "graz", "paris"]
    assert [one.km for one in near] == [1.1, 144.0, 1033.0]
    assert slugs(listings_near(Listing.objects.all(), VIENNA, 200)) == ["wien", "graz"]
    assert listings_near(Listing.objects.all(), VIENNA, 0) == []


def test_the_edge_of_a_radius_is_within_it():
    make_listing(slug="there", latitude=49.0, longitude=16.37)
    km = kilometres(VIENNA, Point(49.0, 16.37))
    assert slugs(listings_near(Listing.objects.all(), VIENNA, km)) == ["there"]
    assert listings_near(Listing.objects.all(), VIENNA, km - 0.001) == []


def test_what_has_no_point_or_withholds_it_is_never_near():
    make_listing(slug="with-point", latitude=48.2, longitude=16.37)
    make_listing(slug="without", latitude=None, longitude=None)
    make_listing(slug="withheld", precision="withheld", withheld=["point"])
    # No way of writing leaves such rows; they must stay unseen all the same.
    make_listing(slug="leaking", latitude=48.2, longitude=16.37, precision="withheld")
    make_listing(slug="country", latitude=48.2, longitude=16.37, precision="country")
    for radius in (None, 50):
        assert slugs(listings_near(Listing.objects.all(), VIENNA, radius)) == ["with-point"]


def test_one_point_is_in_the_order_of_slugs_and_whole_at_the_cut():
    add_listings(*[(48.2, 16.37)] * 150)
    add_listings(*[(48.2, 16.38)] * 150)
    rows = list(Listing.objects.all())
    near = slugs(listings_near(Listing.objects.all(), VIENNA, None))
    assert near == by_hand(rows, VIENNA, None)
    assert len(near) == MOST
    assert near[:150] == sorted(near[:150])
    assert near[150:] == sorted(near[150:])


def test_closer_than_a_metre_is_one_place():
    make_listing(slug="b", latitude=48.2, longitude=16.38)
    make_listing(slug="a", latitude=48.2, longitude=16.380000001)
    assert slugs(listings_near(Listing.objects.all(), VIENNA, None)) == ["a", "b"]


def test_the_order_of_slugs_holds_at_the_cut():
    add_listings(*[(48.2, 16.37)] * (MOST - 1))
    make_listing(slug="zz-a-hair-closer", latitude=48.2, longitude=16.38)
    make_listing(slug="aa-a-hair-farther", latitude=48.2, longitude=16.380000001)
    near = slugs(listings_near(Listing.objects.all(), VIENNA, None))
    assert near[-1] == "aa-a-hair-farther"


def test_a_coarse_point_says_that_its_distance_is_about():
    for word in ("exact", "locality", "grid", "region"):
        make_listing(slug=word, precision=word, latitude=48.2, longitude=16.37)
    near = listings_near(Listing.objects.all(), VIENNA, 10)
    about = dict(zip(slugs(near), [one.is_about for one in near], strict=True))
    assert about == {"exact": False, "grid": True, "locality": False, "region": True}


def test_over_the_line_where_the_day_changes():
    make_listing(slug="fiji-west", latitude=-17.8, longitude=177.9)
    make_listing(slug="fiji-east", latitude=-17.2, longitude=-179.0)
    make_listing(slug="line-east", latitude=-17.8, longitude=180.0)
    make_listing(slug="line-west", latitude=-17.8, longitude=-180.0)
    make_listing(slug="africa", latitude=-17.8, longitude=0.0)
    for longitude in (179.5, -179.5, 180.0, -180.0):
        near = listings_near(Listing.objects.all(), Point(-17.5, longitude), 400)
        assert set(slugs(near)) == {"fiji-west", "fiji-east", "line-east", "line-west"}
    near = listings_near(Listing.objects.all(), Point(-17.8, 180.0), 1)
    assert slugs(near) == ["line-east", "line-west"]


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_around_a_pole_every_longitude_is_near(pole):
    add_listings(*((math.copysign(89.9, pole), degrees) for degrees in range(-180, 180, 45)))
    make_listing(slug="at-it", latitude=pole, longitude=12)
    make_listing(slug="other-end", latitude=-pole, longitude=12)
    near = listings_near(Listing.objects.all(), Point(pole, -77), 12)
    assert len(near) == 9
    assert slugs(near)[0] == "at-it"
    assert slugs(listings_near(Listing.objects.all(), Point(pole, 0), None))[-1] == "other-end"


def test_only_of_what_was_found_whatever_its_order_and_columns(django_assert_num_queries):
    austria = make_country("AT")
    make_listing(slug="a-legal", latitude=48, longitude=16, services=["legal_help"])
    make_listing(slug="b-visit", latitude=48, longitude=16, services=["visits"])
    make_listing(slug="c-visit", latitude=48, longitude=16, country=austria)
    found = listings_matching(ListingFilter(service="visits"), dt.date(2026, 1, 1))
    assert slugs(listings_near(found, VIENNA, None)) == ["b-visit", "c-visit"]
    found = Listing.objects.filter(country=austria).select_related("country").order_by("name")
    with django_assert_num_queries(2):
        near = listings_near(found.annotate(rank=F("version")), VIENNA, 50)
    assert slugs(near) == ["c-visit"]
    assert listings_near(Listing.objects.none(), VIENNA, None) == []


@pytest.mark.parametrize("radius", [50, 300, None])
def test_few_take_two_queries(radius, django_assert_num_queries):
    for number in (1, 2):
        add_listings(*[(48.0, 16.0)] * number)
        with django_assert_num_queries(2):
            listings_near(Listing.objects.all(), VIENNA, radius)


@pytest.mark.parametrize(
    ("longitude", "radius", "queries"),
    [(16, 50, 3), (16, None, 4), (16, 10_000, 4), (15, None, 9), (15, 120, 8), (-160, None, 13)],
)
def test_many_take_a_few_more(longitude, radius, queries, django_assert_num_queries):
    add_listings(*[(48.0, longitude)] * MOST)
    with django_assert_num_queries(queries):
        assert len(listings_near(Listing.objects.all(), VIENNA, radius)) == MOST


def test_enough_in_the_corners_of_a_box_are_not_enough():
    # Within the box of 100 km, but farther off than a row outside of it to the east.
    add_listings(*[(48.2 + 0.89, 16.37 + 1.33)] * MOST)
    make_listing(slug="east", latitude=48.2, longitude=16.37 + 1.4)
    make_listing(slug="west", latitude=48.2, longitude=16.37 - 3)
    near = listings_near(Listing.objects.all(), VIENNA, None)
    assert slugs(near)[0] == "east"


@pytest.mark.parametrize("radius", [-1, -0.001, math.nan, -math.inf])
def test_a_radius_that_is_none_is_refused(radius):
    with pytest.raises(ValueError, match="radius"):
        listings_near(Listing.objects.all(), VIENNA, radius)


@pytest.mark.parametrize("seed", range(6))
def test_random_points_as_by_hand(seed):
    chance = random.Random(seed)  # noqa: S311 - points of a test, no secrets
    around = [(48.2, 16.4), (-17.8, 179.9), (89.0, 0.0), (-88.0, 100.0), (0.0, -179.95)]

    def spot():
        if chance.random() < 0.3:
            return chance.uniform(-90, 90), chance.uniform(-180, 180)
        latitude, longitude = chance.choice(around)
        latitude = max(-90.0, min(90.0, chance.gauss(latitude, 3)))
        longitude = (chance.gauss(longitude, 4) + 540) % 360 - 180
        digits = chance.choice((0, 1, 5))
        return round(latitude, digits), round(longitude, digits)

    rows = add_listings(*(spot() for _ in range(700)))
    rows += add_listings(*(spot() for _ in range(20)), precision=Precision.WITHHELD)
    for _ in range(12):
        point = Point(*spot())
        for radius in (None, 0, 5, 120, 900, 5000, 30_000):
            near = listings_near(Listing.objects.all(), point, radius)
            assert slugs(near) == by_hand(rows, point, radius), (point, radius)


def test_places_of_detention_likewise():
    close = make_facility(slug="close", latitude=48.1, longitude=16.3, precision="grid")
    far = make_facility(slug="far", latitude=-17.8, longitude=179.9, precision="exact")
    make_facility(slug="nowhere")
    near = facilities_near(Facility.objects.all(), VIENNA, None)
    assert [(one.pk, one.is_about) for one in near] == [(close.pk, True), (far.pk, False)]
    assert [one.pk for one in facilities_near(Facility.objects.all(), VIENNA, 100)] == [close.pk]
