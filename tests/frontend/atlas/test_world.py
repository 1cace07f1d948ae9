"""The world atlas: its size, its colours, its symbols where the boxes say, and no words."""

from __future__ import annotations

import pytest

from frontend.atlas.drawing import placed_on_world, world
from frontend.atlas.marks import Mark
from frontend.atlas.palette import INKS, shades
from frontend.atlas.squares import ALL, Square, picture_size, world_point
from tests.frontend.atlas.looking import around, colours, opened

CASES = [(theme, wide) for theme in ("light", "dark") for wide in (True, False)]


def marks(wide):
    return [
        Mark(*world_point(-0.1, 51.5, wide=wide), "cluster", "40"),
        Mark(*world_point(139.7, 35.7, wide=wide), "cluster", "9"),
        Mark(*world_point(45.2, -12.8, wide=wide), "program"),
    ]


@pytest.mark.parametrize(("theme", "wide"), CASES)
def test_sizes_colours_weight_and_the_same_each_time(theme, wide):
    data = world(theme, wide=wide, marks=marks(wide), squares=[Square("D1"), Square("G2")])
    assert opened(data).size == picture_size(wide=wide)
    assert colours(data) <= set(shades(theme))
    assert 15_000 < len(data) < 39_000
    assert data == world(theme, wide=wide, marks=marks(wide), squares=[Square("D1"), Square("G2")])


@pytest.mark.parametrize(("theme", "wide"), CASES)
def test_symbols_stand_where_their_boxes_are(theme, wide):
    """Nothing outside of the boxes changes, and in each there is accent."""
    plain = opened(world(theme, wide=wide, marks=[], squares=[]))
    drawn = opened(world(theme, wide=wide, marks=marks(wide), squares=[]))
    placed = placed_on_world(marks(wide), wide=wide)
    changed = [
        (x, y)
        for x in range(plain.width)
        for y in range(plain.height)
        if plain.getpixel((x, y)) != drawn.getpixel((x, y))
    ]
    for x, y in changed:
        assert any(
            one.box[0] - 1 <= x <= one.box[2] and one.box[1] - 1 <= y <= one.box[3]
            for one in placed
        )
    for one in placed:
        assert INKS[theme].accent in around(drawn, one.x, one.y, 5)


def test_figures_are_twice_as_large_for_phones():
    heights = {}
    for wide in (True, False):
        one = Mark(*world_point(-30, 0, wide=wide), "cluster", "8")
        picture = opened(world("dark", wide=wide, marks=[one], squares=[]))
        box = placed_on_world([one], wide=wide)[0].box
        inner = [
            y
            for x in range(round(one.x) - 4, round(one.x) + 5)
            for y in range(int(box[1]) + 6, int(box[3]) - 5)
            if picture.getpixel((x, y)) == INKS["dark"].figure
        ]
        heights[wide] = max(inner) - min(inner) + 1
    assert 9 <= heights[True] <= 13
    assert heights[False] == pytest.approx(2 * heights[True], abs=2)


@pytest.mark.parametrize("wide", [True, False])
def test_a_square_is_named_only_when_it_is_given(wide):
    none = world("light", wide=wide, marks=[], squares=[])
    some = world("light", wide=wide, marks=[], squares=[Square("C3")])
    every = world("light", wide=wide, marks=[], squares=ALL)
    assert none != some != every
    left, top = Square("C3").outline(wide=wide)[0]
    box = (left, top, left + 60, top + 30)
    assert opened(none).crop(box).tobytes() != opened(some).crop(box).tobytes()
    assert opened(none).crop((0, 0, 300, 100)).tobytes() == (
        opened(some).crop((0, 0, 300, 100)).tobytes()
    )


def test_land_and_sea_lie_where_places_say():
    for theme, wide in CASES:
        picture = opened(world(theme, wide=wide, marks=[], squares=[]))
        for lon, lat, ink in (
            (2.5, 47.0, "land"),
            (178.0, 67.5, "land"),  # beside 180 degrees
            (181.0, 67.8, "land"),  # Chukotka, at the right edge
            (-158.0, 66.5, "land"),  # Alaska, at the left edge
            (134.0, -25.5, "land"),
            (-40.3, 30.3, "sea"),
            (-150.3, -30.3, "sea"),
        ):
            x, y = world_point(lon, lat, wide=wide)
            assert around(picture, x, y, 0) == {getattr(INKS[theme], ink)}, (lon, lat)


def test_the_world_fills_the_picture():
    for theme, wide in CASES:
        picture = opened(world(theme, wide=wide, marks=[], squares=[]))
        for x in (0, picture.width - 1):
            for y in (0, picture.height - 1):
                assert picture.getpixel((x, y)) != INKS[theme].paper or theme == "light"
        assert around(picture, 4, picture.height - 5, 2) == {INKS[theme].sea}


def test_small_states_can_be_seen_on_the_world():
    for theme, wide in CASES:
        picture = opened(world(theme, wide=wide, marks=[], squares=[]))
        for lon, lat in ((14.4, 35.9), (103.82, 1.35), (166.93, -0.53), (-59.55, 13.17)):
            x, y = world_point(lon, lat, wide=wide)
            assert around(picture, x, y, 2) - {INKS[theme].sea, INKS[theme].square}, (lon, lat)


def test_another_theme_is_refused():
    with pytest.raises(ValueError, match="There is no theme"):
        world("blue", wide=True, marks=[], squares=[])
