import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.models import Facility
from directory.queries.boxes import WORLD, BadBoxError, Box, box_from, within
from tests.factories import make_facility

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "nan,0,1,1",
        "0,inf,1,1",
        "0,0,1e999,1",
        "-181,0,1,1",
        "0,0,181,1",
        "0,-91,1,1",
        "0,0,1,91",
        "0,5,1,4",
        "0 0 1 1",
        "0;0;1;1",
        "0x1,0,1,1",
        ",,,",
        "1,2,3,4" + " " * 100,
    ],
)
def test_what_is_no_box_is_refused(text):
    with pytest.raises(BadBoxError):
        box_from(text)


def test_a_box_reads_its_own_text():
    box = box_from("5.9,47.2,15.1,55.1")
    assert box == Box(5.9, 47.2, 15.1, 55.1)
    assert box_from(box.text()) == box
    assert WORLD.text() == "-180,-90,180,90"


@given(west=longitudes, east=longitudes, here=longitudes, latitude=latitudes)
def test_what_a_box_does_not_hold_its_complement_does(west, east, here, latitude):
    assume(west != east)
    box, rest = Box(west, -90, east, 90), Box(east, -90, west, 90)
    assert box.holds(latitude, here) or rest.holds(latitude, here)
    if box.holds(latitude, here) and rest.holds(latitude, here):
        assert here in (west, east)


@pytest.mark.django_db
def test_the_database_and_python_agree_across_the_180th_meridian():
    suva = make_facility(slug="suva", latitude=-18.1, longitude=178.4)
    samoa = make_facility(slug="samoa", latitude=-13.8, longitude=-171.8)
    make_facility(slug="lyon", latitude=45.7, longitude=4.8)
    make_facility(slug="nowhere", latitude=None, longitude=None)
    box = box_from("170,-30,-170,0")
    assert set(Facility.objects.filter(within(box))) == {suva, samoa}
    assert box.width == 20
    for place in (suva, samoa):
        assert box.holds(place.latitude, place.longitude)
    assert {row.slug for row in Facility.objects.filter(within(WORLD))} == {
        "suva",
        "samoa",
        "lyon",
    }
