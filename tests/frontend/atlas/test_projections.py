"""Both projections against published values, and there and back again."""

from __future__ import annotations

from math import pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.projections import (
    MAX_LATITUDE,
    equal_earth,
    from_equal_earth,
    from_mercator,
    mercator,
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


def test_the_published_figures_of_equal_earth():
    """The east end of the equator on a globe of 6,378,137 m and the height of the pole, from PROJ.

    They stand in its tests (builtins.gie) and its source (eqearth.cpp). The paper gives
    poles 0.59 times as long as the equator and a map 2.05 times as wide as high.
    """
    equator, top = equal_earth(180, 0)[0], equal_earth(0, 90)[1]
    assert equator * 6378137 == pytest.approx(17263256.84, abs=0.01)
    assert top == pytest.approx(1.3173627591574, abs=1e-12)
    assert equal_earth(180, 90)[0] / equator == pytest.approx(0.59, abs=0.005)
    assert equator / top == pytest.approx(2.05, abs=0.006)
    assert equal_earth(0, 0) == (0, 0)


def test_equal_earth_keeps_areas():
    """Strips between parallels are as large on the map as on the globe, to a thousandth."""
    for low in range(-80, 80, 20):
        high, steps = low + 20, 400
        drawn = 0.0
        for i in range(steps):
            a, b = low + i * 20 / steps, low + (i + 1) * 20 / steps
            width = equal_earth(180, (a + b) / 2)[0] * 2
            drawn += width * (equal_earth(0, b)[1] - equal_earth(0, a)[1])
        globe = 2 * pi * (sin(radians(high)) - sin(radians(low)))
        assert drawn == pytest.approx(globe, rel=1e-3)


@settings(deadline=None)
@given(LON, st.floats(-85, 85), st.integers(0, 6))
def test_mercator_there_and_back(lon, lat, z):
    assert from_mercator(*mercator(lon, lat, z), z) == pytest.approx((lon, lat), abs=1e-9)


@settings(deadline=None)
@given(LON, st.floats(-89, 89))
def test_equal_earth_there_and_back(lon, lat):
    assert from_equal_earth(*equal_earth(lon, lat)) == pytest.approx((lon, lat), abs=1e-7)


@settings(deadline=None)
@given(st.floats(-1000, 1000))
def test_a_meridian_keeps_its_place_when_named_anew(lon):
    again = wrapped(lon, -169)
    assert -169 <= again < 191 or again == pytest.approx(191)
    turns = (again - lon) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)
