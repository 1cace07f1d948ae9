"""Base tiles: the grid, the colours, whole coasts, no streak, and neighbours that meet."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby

import pytest
from PIL import Image

from frontend.atlas.drawing import DRAWING_VERSION, tile
from frontend.atlas.masks import Window, land_mask, layers, line_mask
from frontend.atlas.palette import INKS, mixed, shades
from tests.frontend.atlas.looking import around, colours, opened, seas, tile_of

THEMES = ("light", "dark")


@pytest.mark.parametrize(
    ("z", "x", "y", "what"),
    [
        (-1, 0, 0, "zoom -1"),
        (7, 0, 0, "zoom 7"),
        (0, 1, 0, "x=1 at zoom 0"),
        (0, 0, -1, "y=-1"),
        (3, 8, 0, "x=8 at zoom 3: 0 to 7"),
        (6, 63, 64, "y=64"),
        (6, 10**30, 0, "x=1000"),
    ],
)
def test_a_tile_beyond_the_grid_is_refused(z, x, y, what):
    with pytest.raises(ValueError, match=what):
        tile(z, x, y, "light")


@pytest.mark.parametrize("theme", ["", "Light", "../dark", "sepia"])
def test_another_theme_is_refused(theme):
    with pytest.raises(ValueError, match="There is no theme"):
        tile(0, 0, 0, theme)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("place", [(0, 0, 0), (3, 4, 2), (6, 33, 21)])
def test_a_tile_is_256_pixels_of_sixteen_colours_and_always_the_same(theme, place):
    data = tile(*place, theme)
    assert opened(data).size == (256, 256)
    assert colours(data) <= set(shades(theme))
    assert len(shades(theme)) == 16
    assert data[24:26] == b"\x04\x03"  # four bits a pixel, with a palette
    assert data == tile(*place, theme)
    assert len(data) < 12_000


def test_dark_is_not_light():
    light, dark = colours(tile(2, 2, 1, "light")), colours(tile(2, 2, 1, "dark"))
    assert INKS["light"].land in light
    assert INKS["dark"].land in dark
    assert not light & dark


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("z", range(7))
@pytest.mark.parametrize(
    ("lon", "lat"),
    [(14.4, 35.9), (103.82, 1.35), (114.15, 22.35), (166.93, -0.53)],
    ids=["Malta", "Singapore", "Hong Kong", "Nauru"],
)
def test_small_states_can_be_seen(theme, z, lon, lat):
    x, y, left, top = tile_of(lon, lat, z)
    assert around(opened(tile(z, x, y, theme)), left, top, 2) - seas(theme)


@pytest.mark.parametrize("z", range(1, 5))
def test_there_is_no_antarctica(z):
    """South of 61 S there is water only."""
    _x, first, _left, top = tile_of(0, -61, z)
    for x in range(1 << z):
        for y in range(first, 1 << z):
            picture = opened(tile(z, x, y, "light"))
            if y == first:
                picture = picture.crop((0, int(top) + 2, 256, 256))
            found = {colour for _count, colour in picture.getcolors(70_000)}
            assert found <= seas("light"), (x, y)


@pytest.mark.parametrize("z", [2, 4])
def test_the_bering_strait_is_open(z):
    """Water between Chukotka and Alaska, on both sides of 180 degrees and at it."""
    for lon, lat in ((-168.6, 65.2), (-175, 62), (180, 61), (175, 58), (-179.5, 73.5), (180, -30)):
        x, y, left, top = tile_of(lon if lon < 180 else 179.99, lat, z)
        assert around(opened(tile(z, x, y, "light")), left, top, 0) <= seas("light"), (lon, lat)


@pytest.mark.parametrize("z", [1, 2, 3])
@pytest.mark.parametrize("theme", THEMES)
def test_no_streak_runs_across_the_map(theme, z):
    """No row of pixels has a long run of border, from 50 to 84 N and from 10 to 25 S."""
    inks = INKS[theme]
    lines = {inks.line, mixed(inks.line, inks.land), mixed(inks.line, inks.sea)}
    world = Image.new("RGB", (256 << z, 256 << z))
    for x in range(1 << z):
        for y in range(1 << z):
            world.paste(opened(tile(z, x, y, theme)), (256 * x, 256 * y))
    for north, south in ((84, 50), (-10, -25)):
        _x, first, _left, top = tile_of(0, north, z)
        _x, last, _left, bottom = tile_of(0, south, z)
        for row in range(int(256 * first + top), int(256 * last + bottom)):
            pixels = [world.getpixel((column, row)) in lines for column in range(world.width)]
            runs = [len(list(run)) for is_line, run in groupby(pixels) if is_line]
            assert max(runs, default=0) < 16 << z, row


def test_fiji_is_not_cut_in_two():
    """Taveuni lies across 180 degrees: no line of coast along the meridian, land to its sides."""
    x, y, left, top = tile_of(-179.98, -16.87, 6)
    east = opened(tile(6, x, y, "light"))
    west = opened(tile(6, 63, y, "light"))
    rows = [r for r in range(256) if east.getpixel((0, r)) == INKS["light"].land]
    assert rows
    assert any(west.getpixel((255, r)) == INKS["light"].land for r in rows)
    assert (x, left < 1, 0 < top < 256) == (0, True, True)


@pytest.mark.parametrize(
    ("z", "x", "y"), [(4, 8, 5), (5, 16, 10), (6, 33, 21), (3, 1, 2), (2, 2, 1), (1, 0, 0)]
)
def test_neighbours_are_parts_of_one_drawing(z, x, y):
    """Four tiles put together are, to the last grey, one drawing of twice the size."""
    whole = Window(256 * x, 256 * y, 512, 512)
    over = layers(z, whole)
    land, line = land_mask(over, whole), line_mask(over, whole)
    for right in (0, 1):
        for down in (0, 1):
            window = Window(256 * (x + right), 256 * (y + down), 256, 256)
            box = (256 * right, 256 * down, 256 * right + 256, 256 * down + 256)
            part = layers(z, window)
            assert land_mask(part, window).tobytes() == land.crop(box).tobytes()
            assert line_mask(part, window).tobytes() == line.crop(box).tobytes()
    assert line.getbbox()


@pytest.mark.parametrize("z", [1, 3, 5])
def test_the_last_tile_goes_on_in_the_first(z):
    """Across 180 degrees, where Chukotka lies on both."""
    _x, y, _left, _top = tile_of(180, 67, z)
    size = 256 << z
    whole = Window(size - 100, 256 * y, 200, 256)
    ends = Window(size - 256, 256 * y, 256, 256), Window(0, 256 * y, 256, 256)
    for mask in (land_mask, line_mask):
        both = mask(layers(z, whole), whole)
        west, east = (mask(layers(z, one), one) for one in ends)
        assert both.crop((0, 0, 100, 256)).tobytes() == west.crop((156, 0, 256, 256)).tobytes()
        assert both.crop((100, 0, 200, 256)).tobytes() == east.crop((0, 0, 100, 256)).tobytes()
        assert both.getbbox()


def test_land_is_land_and_sea_is_sea():
    for z in (3, 6):
        for lon, lat, ink in (
            (2.35, 47.0, "land"),
            (-100.0, 40.0, "land"),
            (134.0, -25.0, "land"),
            (-40.3, 30.3, "sea"),
            (50.3, 42.0, "sea"),  # the Caspian
            (-27.3, -33.3, "sea"),
        ):
            x, y, left, top = tile_of(lon, lat, z)
            assert around(opened(tile(z, x, y, "dark")), left, top, 0) == {
                getattr(INKS["dark"], ink)
            }, (lon, lat)


def test_a_shape_reaches_into_the_next_turn():
    """Chukotka in the second column of tiles: its outline begins 360 degrees to the east."""
    x, y, left, top = tile_of(-172.5, 65.5, 6)
    assert x == 1
    assert around(opened(tile(6, x, y, "light")), left, top, 0) == {INKS["light"].land}


def test_kept_tiles_are_those_that_would_be_drawn():
    """Where this fails the pixels have changed: raise DRAWING_VERSION, write the new sum here."""
    found = sha256()
    for place in ((0, 0, 0), (2, 3, 2), (4, 8, 5), (6, 33, 21)):
        for theme in THEMES:
            found.update(opened(tile(*place, theme)).tobytes())
    assert (DRAWING_VERSION, found.hexdigest()) == (
        1,
        "f6659465d830ef2b5b113dae699119397f0755e1db9ab15cdb75dd2e7b0ba4e1",
    )
