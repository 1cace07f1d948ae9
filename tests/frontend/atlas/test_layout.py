"""Where symbols stand: apart, within the picture, and where the boxes to press say."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.layout import hit_boxes, overlaps, place_marks
from frontend.atlas.marks import LED, Mark
from frontend.atlas.sizes import HIT

WIDTH, HEIGHT = 560, 700
NUMBERS = st.lists(st.integers(1, 60), min_size=1, max_size=4).map(
    lambda found: " ".join(map(str, found))
)
PLACES = {"x": st.floats(0, WIDTH - 1), "y": st.floats(0, HEIGHT - 1)}
MARKS = st.lists(
    st.builds(Mark, **PLACES, kind=st.sampled_from(("number", "country")), text=NUMBERS)
    | st.builds(Mark, **PLACES, kind=st.just("cluster"), text=st.integers(1, 5000).map(str))
    | st.builds(Mark, **PLACES, kind=st.sampled_from(("program", "facility"))),
    max_size=20,
)


def inside(box, other):
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


@settings(deadline=None, derandomize=True)
@given(MARKS)
def test_nothing_covers_anything_but_squares_each_other(marks):
    placed = place_marks(marks, WIDTH, HEIGHT)
    assert [one.index for one in placed] == list(range(len(marks)))
    for one, other in combinations(placed, 2):
        if one.mark.kind == other.mark.kind == "facility":
            continue
        # A square goes 36 pixels at most: in a thicket, or under a large disc, it finds no room.
        kinds = {one.mark.kind, other.mark.kind}
        if "facility" in kinds and ("cluster" in kinds or len(marks) > 2):
            continue
        assert not overlaps(one.box, other.box), (one, other)


@settings(deadline=None)
@given(MARKS)
def test_all_is_in_the_picture_and_every_box_to_press_holds_its_symbol(marks):
    for one in place_marks(marks, WIDTH, HEIGHT):
        assert inside(one.box, (0, 0, WIDTH, HEIGHT))
        assert inside(one.box, one.hit)
        assert inside(one.hit, (0, 0, WIDTH, HEIGHT))


@settings(deadline=None)
@given(MARKS)
def test_boxes_to_press_of_symbols_apart_are_apart(marks):
    placed = place_marks(marks, WIDTH, HEIGHT)
    for one, other in combinations(placed, 2):
        if not overlaps(one.box, other.box):
            assert not overlaps(one.hit, other.hit), (one, other)


@settings(deadline=None)
@given(MARKS)
def test_the_same_marks_stand_the_same_way(marks):
    assert place_marks(marks, WIDTH, HEIGHT) == place_marks(list(marks), WIDTH, HEIGHT)


def test_a_mark_alone_stays_where_it_is():
    for kind, text in (("number", "4"), ("cluster", "40"), ("country", "1"), ("program", "")):
        (one,) = place_marks([Mark(200.5, 300.25, kind, text)], WIDTH, HEIGHT)
        assert (one.x, one.y) == (200.5, 300.25)
        assert not one.has_leader


def test_pills_of_one_town_part_and_lead_back():
    marks = [Mark(300, 300, "number", str(n)) for n in range(1, 13)]
    placed = place_marks(marks, WIDTH, HEIGHT)
    led = [one for one in placed if one.has_leader]
    assert len(led) >= 10
    assert max(hypot(one.x - 300, one.y - 300) for one in placed) < 120
    for one, other in combinations(placed, 2):
        assert not overlaps(one.box, other.box)


def test_a_pill_keeps_off_its_neighbours_place():
    """The wide pill would hide the dot of the other town, 30 pixels to the east."""
    wide, narrow = Mark(300, 300, "number", "1 10 12 17"), Mark(330, 300, "number", "6")
    placed = place_marks([wide, narrow], WIDTH, HEIGHT)
    left, top, right, bottom = placed[0].box
    assert not (left <= narrow.x <= right and top <= narrow.y <= bottom)


def test_marks_beyond_the_picture_are_left_out_and_numbers_tell_which():
    marks = [
        Mark(-1, 10, "number", "1"),
        Mark(10, 10, "number", "2"),
        Mark(10, HEIGHT, "number", "3"),
        Mark(WIDTH + 50, 10, "facility"),
        Mark(50, 50, "facility"),
    ]
    placed = place_marks(marks, WIDTH, HEIGHT)
    assert [one.index for one in placed] == [1, 4]
    assert [one.mark for one in placed] == [marks[1], marks[4]]


def test_a_square_steps_aside_for_a_pill_and_goes_no_farther():
    pill, square = Mark(200, 200, "number", "8"), Mark(203, 203, "facility")
    placed = place_marks([square, pill], WIDTH, HEIGHT)
    assert not overlaps(placed[0].box, placed[1].box)
    assert (placed[1].x, placed[1].y) == (200, 200)
    assert hypot(placed[0].x - 203, placed[0].y - 203) <= 26
    assert not placed[0].has_leader


def test_squares_of_one_town_lie_on_each_other():
    placed = place_marks([Mark(200, 200, "facility")] * 3, WIDTH, HEIGHT)
    assert len({(one.x, one.y) for one in placed}) == 1


def test_a_region_stays_and_its_figure_stays_free():
    region, pill = Mark(200, 200, "area", "4"), Mark(204, 198, "number", "8")
    placed = place_marks([region, pill], WIDTH, HEIGHT)
    assert (placed[0].x, placed[0].y) == (200, 200)
    left, top, right, bottom = placed[1].box
    assert not (left < 200 < right and top < 200 < bottom)


def test_a_symbol_alone_can_be_pressed_with_a_thumb():
    for scale in (1, 2):
        for kind in ("program", "facility", "number"):
            (one,) = place_marks([Mark(200, 200, kind, "1")], WIDTH, HEIGHT, scale=scale)
            assert one.hit[2] - one.hit[0] >= HIT * scale
            assert one.hit[3] - one.hit[1] >= HIT * scale


def test_neighbours_share_the_room_between_them():
    one, other = (100.0, 100.0, 110.0, 110.0), (114.0, 103.0, 124.0, 113.0)
    first, second = hit_boxes([one, other], WIDTH, HEIGHT, 24)
    assert first == (93.0, 93.0, 112.0, 117.0)
    assert second == (112.0, 96.0, 131.0, 120.0)


def test_discs_grow_with_the_root_of_the_count():
    def radius(text):
        (one,) = place_marks([Mark(200, 200, "cluster", text)], WIDTH, HEIGHT)
        return (one.box[2] - one.box[0]) / 2

    assert radius("2") < radius("9") < radius("40") < radius("400")
    assert radius("400") <= 28
    assert radius("1000000") > 30  # the figure has room


def test_who_is_led_back():
    assert set(LED) == {"program", "number", "country", "cluster"}


@pytest.mark.parametrize("text", ["2, 5", "four", "<1>", "\u0661"])
def test_no_words_in_a_picture(text):
    with pytest.raises(ValueError, match="figures and spaces"):
        Mark(1, 1, "number", text)


def test_no_kind_of_ones_own():
    with pytest.raises(ValueError, match="There is no mark 'star'"):
        Mark(1, 1, "star")
