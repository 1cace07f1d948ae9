"""Both projections against published values, and there and back again."""

from __future__ import annotations

from math import pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.projections import (
    MAX_LATITUDE,
    from_mercator,
    from_patterson,
    mercator,
    patterson,
    world_size,
    wrapped,
)

LON = st.floats(-180, 180)


def test_the_corners_of_the_mercator_world():
    for z in range(7):
        size = 256 * 2**z
        assert mercator(-180, MAX_LATITUDE, z) == pytest.approx((0, 0), abs=1e-6)
        assert mercator(180, -MAX_LATITUDE, z) == pytest.approx((size, size), abs=1e-6)
        assert mercator(0, 0, z) == pytest.approx((size / 2, size / 2))
        assert world_size(z) == size


def test_the_poles_lie_on_the_edge():
    assert mercator(0, 90, 0)[1] == pytest.approx(0, abs=1e-6)
    assert mercator(0, -90, 0)[1] == pytest.approx(256, abs=1e-6)


def test_a_tile_number_from_elsewhere():
    """London lies in tile 4/7/5, as the slippy map's wiki has it for 51.51, -0.12."""
    x, y = mercator(-0.1167, 51.5085, 4)
    assert (int(x // 256), int(y // 256)) == (7, 5)


def test_the_published_figures_of_patterson():
    """What PROJ has for it: in its tests (builtins.gie) and its source (patterson.cpp)."""
    x, y = (one * 6_400_000 for one in patterson(2, 1))
    assert (x, y) == pytest.approx((223402.144255274, 113354.250397780), abs=1e-3)
    assert patterson(0, 90)[1] == pytest.approx(1.790857183, abs=1e-4)
    assert patterson(0, 0) == (0, 0)
    assert patterson(180, 40)[0] == pytest.approx(pi)


def test_the_height_grows_from_south_to_north():
    heights = [patterson(0, lat)[1] for lat in range(-90, 91)]
    assert heights == sorted(heights)
    assert heights[0] == -heights[-1]


@settings(deadline=None)
@given(LON, st.floats(-85, 85), st.integers(0, 6))
def test_mercator_there_and_back(lon, lat, z):
    assert from_mercator(*mercator(lon, lat, z), z) == pytest.approx((lon, lat), abs=1e-9)


@settings(deadline=None)
@given(LON, st.floats(-89, 89))
def test_patterson_there_and_back(lon, lat):
    assert from_patterson(*patterson(lon, lat)) == pytest.approx((lon, lat), abs=1e-7)


@settings(deadline=None)
@given(st.floats(-1000, 1000))
def test_a_meridian_keeps_its_place_when_named_anew(lon):
    again = wrapped(lon, -169)
    assert -169 <= again < 191 or again == pytest.approx(191)
    turns = (again - lon) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)
