import math

from hypothesis import given
from hypothesis import strategies as st

from directory.queries.map_clusters import apart, clusters_of, pixel
from directory.queries.map_spots import Spot


def spot(latitude, longitude, count=1, slug="a", town="", country="FR", precision="locality"):
    return Spot(latitude, longitude, count, slug, town, country, precision)


spots = st.lists(
    st.builds(
        spot,
        st.floats(-85, 85),
        st.floats(-180, 180),
        st.integers(1, 40),
        st.text("abc", min_size=1, max_size=3),
        st.sampled_from(["", "Lyon", "Bron"]),
        st.sampled_from(["FR", "CH"]),
        st.sampled_from(["locality", "country", "region"]),
    ),
    max_size=40,
)


def test_the_corners_of_the_map():
    assert pixel(0, 0, 0) == (128, 128)
    assert pixel(85.051129, -180, 0)[0] == 0
    assert pixel(90, 180, 3)[0] == 2048
    assert math.isclose(pixel(48.8566, 2.3522, 6)[0], 8299.05, abs_tol=0.01)


@given(spots, st.integers(0, 12))
def test_nothing_is_lost_and_nothing_counted_twice(found, zoom):
    clusters = clusters_of(found, zoom)
    assert sum(one.count for one in clusters) == sum(one.count for one in found)
    further = apart(clusters, zoom, 30)
    assert sum(one.count for one in further) == sum(one.count for one in found)
    for one in further:
        assert one.box.west - 1e-9 <= one.longitude <= one.box.east + 1e-9
        assert one.box.south - 1e-9 <= one.latitude <= one.box.north + 1e-9


@given(spots)
def test_what_only_has_a_country_is_never_mixed_with_what_has_a_town(found):
    vague = sum(one.count for one in found if one.precision == "country")
    for clusters in (clusters_of(found, 0), apart(clusters_of(found, 0), 0, 500)):
        assert sum(one.count for one in clusters if one.precision == "country") == vague


def test_a_cluster_names_the_town_that_most_of_it_names():
    found = [spot(45.7, 4.8, 3, "b", "Lyon"), spot(45.8, 4.9, 2, "a", "Bron"), spot(45.8, 4.8, 9)]
    (one,) = clusters_of(found, 0)
    assert (one.locality, one.country, one.count, one.slug) == ("Lyon", "FR", 14, "a")
    (two,) = clusters_of([*found, spot(46.2, 6.1, town="Genève", country="CH")], 0)
    assert two.country == ""


def test_one_town_is_one_point_however_close_one_looks():
    (one,) = clusters_of([spot(45.7, 4.8, 3, "b", "Lyon")], 18)
    assert one.is_one_point
    assert one.count == 3
    parts = clusters_of([spot(45.7, 4.8), spot(45.70001, 4.80001)], 0)
    assert not parts[0].is_one_point


def test_symbols_stand_apart():
    found = [spot(45 + step / 10, 4.8, slug=f"s{step}") for step in range(60)]
    for zoom in (4, 6, 8):
        placed = apart(clusters_of(found, zoom), zoom, 30)
        points = [pixel(one.latitude, one.longitude, zoom) for one in placed]
        # The middle of two that were joined may come nearer to a third, though never upon it.
        assert all(
            math.dist(here, there) > 15
            for index, here in enumerate(points)
            for there in points[:index]
        )
