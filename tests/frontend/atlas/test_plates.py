"""Plates: the window, the tiles they are made of, symbols, and one country set off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.basemap import basemap
from frontend.atlas.drawing import plate, tile
from frontend.atlas.layout import place_marks
from frontend.atlas.marks import KINDS, Mark
from frontend.atlas.palette import INKS, shades
from frontend.atlas.parts import frame_of
from frontend.atlas.plates import fitted, frame_around, plate_point, view_of
from tests.frontend.atlas.looking import around, colours, opened


def drawn(view, theme="light", marks=(), highlight="", **more):
    return plate(
        view.z, view.x0, view.y0, view.width, view.height, theme, marks, highlight, **more
    )


def test_a_plate_is_its_tiles():
    whole = opened(plate(3, 4 * 256, 2 * 256, 512, 256, "light", []))
    assert whole.crop((0, 0, 256, 256)).tobytes() == opened(tile(3, 4, 2, "light")).tobytes()
    assert whole.crop((256, 0, 512, 256)).tobytes() == opened(tile(3, 5, 2, "light")).tobytes()


def test_each_tile_is_asked_for_once_and_in_the_theme():
    asked = []

    def tiles(z, x, y, theme):
        asked.append((z, x, y, theme))
        return tile(z, x, y, theme)

    plate(4, 8 * 256 + 10, 5 * 256 + 10, 300, 200, "dark", [], tiles=tiles)
    assert sorted(asked) == [(4, 8, 5, "dark"), (4, 9, 5, "dark")]


def test_across_180_degrees_it_goes_on():
    """The same window named from either side is the same picture."""
    size = 256 << 4
    there = plate(4, size - 200, 900, 400, 300, "light", [], "RU")
    assert there == plate(4, -200, 900, 400, 300, "light", [], "RU")
    picture = opened(there)
    for lon, lat in ((175, 66.5), (-179, 67.5)):
        x, y = plate_point(lon, lat, 4, size - 200, 900, 400)
        assert around(picture, x, y, 0) == {INKS["light"].land}, lon
    x, y = plate_point(-164, 65.3, 4, size - 200, 900, 400)
    assert around(picture, x, y, 0) == {INKS["light"].aside}


def test_beyond_the_north_there_is_sea():
    picture = opened(plate(0, 0, -50, 256, 100, "light", []))
    assert picture.crop((0, 0, 256, 50)).getcolors() == [(256 * 50, INKS["light"].sea)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_country_is_set_off(theme):
    view = fitted(frame_of("ZA"), 400, 400)
    picture = opened(drawn(view, theme, (), "ZA"))
    inks = INKS[theme]
    for lon, lat, ink in (
        (24.0, -30.0, inks.land),
        (28.2, -29.6, inks.aside),  # Lesotho, which lies within
        (17.0, -24.0, inks.aside),
        (19.0, -36.5, inks.sea),
    ):
        assert around(picture, *view.point(lon, lat), 0) == {ink}, (lon, lat)
    plain = opened(drawn(view, theme))
    assert around(plain, *view.point(17.0, -24.0), 0) == {inks.land}
    assert colours(drawn(view, theme, (), "ZA")) <= set(shades(theme))


def test_an_unknown_country_sets_all_land_aside():
    view = fitted(frame_of("ZA"), 200, 200)
    assert INKS["light"].land not in colours(drawn(view, highlight="TV"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_every_pixel_of_a_symbol_lies_in_its_box(theme, scale, kind):
    view = fitted(frame_of("FR"), 300, 300)
    marks = [Mark(150.3, 140.7, kind, "" if kind in ("program", "facility") else "4 12")]
    plain, with_mark = opened(drawn(view, theme)), opened(drawn(view, theme, marks, scale=scale))
    (one,) = place_marks(marks, 300, 300, scale=scale)
    changed = [
        (x, y)
        for x in range(300)
        for y in range(300)
        if plain.getpixel((x, y)) != with_mark.getpixel((x, y))
    ]
    # It fills its box, save the halo that may be the colour of what lies below.
    for axis in (0, 1):
        span = [place[axis] for place in changed]
        assert max(span) - min(span) > one.box[axis + 2] - one.box[axis] - 5 * scale
    for x, y in changed:
        assert one.hit[0] - 1 <= x <= one.hit[2]
        assert one.hit[1] - 1 <= y <= one.hit[3]
        assert one.box[0] - 1 <= x <= one.box[2] + 0.5
        assert one.box[1] - 1 <= y <= one.box[3] + 0.5


def test_figures_stand_in_the_middle_of_their_discs():
    """The ink of each figure is as far from the left as from the right, within a pixel."""
    view = fitted(frame_of("FR"), 300, 300)
    for text in ("1", "4", "8", "40", "11", "2 5", "10 12"):
        picture = opened(drawn(view, "light", [Mark(150, 150, "number", text)]))
        (one,) = place_marks([Mark(150, 150, "number", text)], 300, 300)
        white = [
            (x, y)
            for x in range(int(one.box[0]) + 5, int(one.box[2]) - 4)
            for y in range(int(one.box[1]) + 4, int(one.box[3]) - 3)
            if picture.getpixel((x, y)) == INKS["light"].figure
        ]
        xs, ys = [x for x, _y in white], [y for _x, y in white]
        assert abs((min(xs) + max(xs) + 1) / 2 - 150) <= 1.5, text
        assert abs((min(ys) + max(ys) + 1) / 2 - 150) <= 1, text


def test_a_moved_pill_leads_to_a_dot_at_its_place():
    view = fitted(frame_of("FR"), 300, 300)
    marks = [Mark(150, 150, "number", str(n)) for n in (1, 2, 3)]
    placed = place_marks(marks, 300, 300)
    picture = opened(drawn(view, "light", marks))
    assert any(one.has_leader for one in placed)
    assert picture.getpixel((150, 150)) == INKS["light"].accent


def test_a_picture_without_marks_has_no_accent():
    view = fitted(frame_of("FR"), 300, 300)
    for theme in ("light", "dark"):
        assert INKS[theme].accent not in colours(drawn(view, theme, (), "FR"))


def test_the_same_call_gives_the_same_bytes():
    view = fitted(frame_of("JP"), 400, 300)
    marks = [Mark(100 + n, 100, "number", str(n)) for n in range(9)]
    assert drawn(view, "dark", marks, "JP") == drawn(view, "dark", list(marks), "JP")


@pytest.mark.parametrize(
    ("z", "width", "height"), [(-1, 10, 10), (7, 10, 10), (3, 0, 10), (3, 10, 2049)]
)
def test_what_cannot_be_drawn_is_refused(z, width, height):
    with pytest.raises(ValueError, match=r"zoom|pixels"):
        plate(z, 0, 0, width, height, "light", [])


def test_every_country_fits_its_plate():
    for iso2 in basemap().by_code:
        west, south, east, north = frame_of(iso2)
        view = fitted((west, south, east, north), 560, 560)
        for lon, lat in ((west, south), (west, north), (east, south), (east, north)):
            x, y = view.point(lon, lat)
            assert -1 <= x <= 561, iso2
            assert -1 <= y <= 561, iso2


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-84, 84)), min_size=1, max_size=6),
    st.sampled_from(["GB", "FJ", "RU", "MT", "TV", "US"]),
)
def test_a_view_holds_all_its_places(points, iso2):
    assert view_of(iso2, points, 560, 560).holds(points)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-85, 85), st.integers(0, 6), st.integers(-20_000, 20_000))
def test_a_place_is_put_on_the_copy_nearest_to_the_middle(lon, lat, z, x0):
    x, _y = plate_point(lon, lat, z, x0, 0, 560)
    assert abs(x - 280) <= (256 << z) / 2 + 1e-6


def test_the_frame_around_places_takes_the_short_way_round():
    assert frame_around([(178.0, -18.0), (-179.0, -16.0)]) == (178.0, -18.0, 181.0, -16.0)
    assert frame_around([(2.0, 48.0), (5.0, 44.0)]) == (2.0, 44.0, 5.0, 48.0)
    assert frame_around([(2.0, 48.0)], least=1.0) == (1.5, 47.5, 2.5, 48.5)
    assert frame_around([]) is None


def test_which_part_of_a_country_is_shown():
    """Whole where that costs no zoom; the places decide otherwise, one zoom closer at most."""
    assert view_of("GB", [], 560, 700) == fitted(frame_of("GB"), 560, 700)
    near = view_of("GB", [(-0.1, 51.5), (-4.2, 55.9), (1.3, 51.1)], 560, 700)
    assert near.z == fitted(frame_of("GB"), 560, 700).z + 1
    assert view_of("JP", [(139.7, 35.7)], 560, 600).z == 5
    assert view_of("TV", [], 560, 560) is None
    assert view_of("TV", [(179.2, -8.5)], 560, 560).z == 6
    canaries = view_of("ES", [(-3.7, 40.4), (-15.4, 28.1)], 560, 480)
    assert canaries.holds([(-3.7, 40.4), (-15.4, 28.1)])
