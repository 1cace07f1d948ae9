"""The squares: boxes of degrees without gap, and the same on the picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.squares import (
    ALL,
    Square,
    picture_size,
    square_at,
    square_bbox,
    square_outline,
    world_point,
)


def surface(polygon):
    """The area within a polygon, by the shoelace rule; positive when clockwise on a screen."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]])) / 2


def holds(polygon, x, y):
    crossed = False
    for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            crossed = not crossed
    return crossed


def test_their_degrees():
    assert square_bbox("A1") == (-169, 42.5, -124, 75)
    assert square_bbox("D1") == (-34, 42.5, 11, 75)
    assert square_bbox("E2") == (11, 10, 56, 42.5)
    assert square_bbox("H4") == (146, -55, 191, -22.5)


def test_they_tile_the_window_without_gap():
    boxes = [one.bbox for one in ALL]
    assert len(set(boxes)) == 32
    assert sorted({box[0] for box in boxes}) == [-169, -124, -79, -34, 11, 56, 101, 146]
    assert sum((e - w) * (n - s) for w, s, e, n in boxes) == 360 * 130
    for west, south, east, north in boxes:
        assert (east - west, north - south) == (45, 32.5)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-55, 75))
def test_every_place_lies_in_the_square_that_is_named(lon, lat):
    west, south, east, north = square_at(lon, lat).bbox
    assert south <= lat <= north
    assert any(west <= lon + turn <= east for turn in (-360, 0, 360))


def test_a_line_between_two_belongs_to_one():
    assert square_at(11, 42.5) == Square("E2")
    assert square_at(-169, 75) == Square("A1")
    assert square_at(191, 0) == Square("A3")
    assert square_at(180, -20) == Square("H3")
    assert square_at(-175, -20) == Square("H3")


@pytest.mark.parametrize("lat", [78.2, -54.0001 - 1, 90, -90])
def test_beyond_the_window_there_is_none(lat):
    assert square_at(15, lat) is None


@pytest.mark.parametrize("name", ["", "A", "A0", "A5", "I1", "a1", "A11", "1A", "..", "É1"])
def test_other_names_are_refused(name):
    with pytest.raises(ValueError, match="There is no square"):
        square_bbox(name)


@pytest.mark.parametrize("wide", [True, False])
def test_outlines_share_their_sides_and_fill_the_globe(wide):
    outlines = {one.name: one.outline(wide=wide) for one in ALL}
    width, height = picture_size(wide=wide)
    for name, outline in outlines.items():
        assert all(0 <= x <= width and 0 <= y <= height for x, y in outline)
        assert surface(outline) > 0, name
    east_of_d = set(outlines["D2"]) & set(outlines["E2"])
    assert len(east_of_d) == 13
    assert set(outlines["D2"]) & set(outlines["D3"]) == {outlines["D3"][0], outlines["D3"][1]}
    rim = [world_point(-169 + 1e-9, lat, wide=wide) for lat in range(75, -56, -1)]
    rim += [world_point(191 - 1e-9, lat, wide=wide) for lat in range(-55, 76)]
    assert sum(map(surface, outlines.values())) == pytest.approx(abs(surface(rim)), rel=2e-3)


@pytest.mark.parametrize("wide", [True, False])
@settings(deadline=None)
@given(lon=st.floats(-180, 180), lat=st.floats(-54.5, 74.5))
def test_a_place_is_drawn_within_its_square(wide, lon, lat):
    west, south, east, north = square_at(lon, lat).bbox
    inner = min(abs(lon + turn - edge) for turn in (-360, 0, 360) for edge in (west, east))
    if inner < 1.5 or min(lat - south, north - lat) < 1:
        return
    outline = square_outline(square_at(lon, lat).name, wide=wide)
    assert holds(outline, *world_point(lon, lat, wide=wide))


def test_the_two_sizes():
    assert picture_size(wide=True) == (1280, 531)
    assert picture_size(wide=False) == (780, 324)


def test_the_middle_of_the_world_is_in_the_middle():
    assert world_point(11, 0, wide=True)[0] == 640
    assert world_point(11, 75, wide=True) == pytest.approx((640, 0))
    assert world_point(-169, 0, wide=True)[0] == pytest.approx(0)
    assert world_point(180, 65, wide=True)[0] > world_point(170, 65, wide=True)[0]
    assert world_point(-175, 65, wide=True)[0] > world_point(180, 65, wide=True)[0]
