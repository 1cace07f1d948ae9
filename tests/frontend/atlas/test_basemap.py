"""The outlines: where they come from, whole, and without a cut at 180 degrees."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise

import pytest

from frontend.atlas.basemap import OUTLINES, basemap, fingerprint
from frontend.atlas.parts import WITHIN, frame_of, polygons_of
from frontend.atlas.sheets import MAX_ZOOM, memory, mercator_sheet

DIGEST = "6690c9ae62438cf79ed728cd70cbfd14d3a90742ed92bdc33a9107268143f94b"


def holds(polygons, lon, lat):
    """Whether a place lies inside: rings crossed to its east, all rings alike."""
    crossed = 0
    for rings in polygons:
        for ring in rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > lat) != (y2 > lat) and lon < x1 + (x2 - x1) * (lat - y1) / (y2 - y1):
                    crossed += 1
    return crossed % 2 == 1


def test_the_file_is_the_one_that_is_written_down():
    """Whoever changes it says where the new one is from, in the README beside it."""
    assert sha256(OUTLINES.read_bytes()).hexdigest() == DIGEST
    notes = (OUTLINES.parent / "README.md").read_text()
    assert DIGEST in notes
    assert "world-atlas 2.0.2" in notes
    assert "Natural Earth 4.1.0" in notes
    licence = (OUTLINES.parent / "LICENCE.txt").read_text()
    assert "Copyright 2013-2019 Michael Bostock" in licence
    assert "public domain" in licence
    assert fingerprint() == DIGEST[:12]


def test_every_file_beside_it_is_known():
    assert {one.name for one in OUTLINES.parent.iterdir()} == {
        "README.md",
        "LICENCE.txt",
        OUTLINES.name,
    }


def test_every_country_of_the_file_but_antarctica():
    named = {
        one["properties"]["iso2"]
        for one in json.loads(OUTLINES.read_text())["objects"]["countries"]["geometries"]
    }
    assert set(basemap().by_code) == named - {None, "AQ"}
    assert polygons_of("AQ") == ()
    assert min(polygon.box[1] for one in basemap().shapes for polygon in one.polygons) > -60


def test_rings_close_and_never_jump():
    """A jump of half the world is what draws a streak across the map."""
    world = basemap()
    for shape in world.shapes:
        for polygon in shape.polygons:
            for ring in polygon.rings:
                points = list(world.points(ring))
                assert points[0] == points[-1], shape.name
                assert max(abs(a[0] - b[0]) for a, b in pairwise(points)) < 30, shape.name


@pytest.mark.parametrize(
    ("iso2", "lon", "lat"),
    [
        ("FR", 2.35, 48.85),
        ("RU", 37.6, 55.75),
        ("RU", 185.0, 66.5),  # Chukotka, east of 180 degrees
        ("US", -98.0, 39.0),
        ("ZA", 28.05, -26.2),
        ("FJ", 178.0, -17.8),
        ("SO", 45.3, 2.1),
        ("SO", 44.0, 9.5),  # Somaliland
    ],
)
def test_places_lie_in_their_countries(iso2, lon, lat):
    assert holds(basemap().polygons_of(iso2), lon, lat)


def test_an_enclave_is_no_part_of_the_country_around_it():
    assert not holds(basemap().polygons_of("ZA"), 28.2, -29.6)
    assert holds(basemap().polygons_of("LS"), 28.2, -29.6)


def test_what_is_disputed_is_marked_and_its_line_is_dashed():
    world = basemap()
    disputed = {shape.name for shape in world.shapes if shape.disputed}
    assert disputed == {"Kosovo", "N. Cyprus", "Somaliland", "Siachen Glacier"}
    sides = {
        frozenset(world.shapes[number].name for number in arc.owners)
        for arc in world.arcs
        if arc.dashed
    }
    assert sides == {
        frozenset({"Kosovo", "Serbia"}),
        frozenset({"N. Cyprus", "Cyprus"}),
        frozenset({"Somaliland", "Somalia"}),
        frozenset({"Siachen Glacier", "India"}),
        frozenset({"Siachen Glacier", "Pakistan"}),
        frozenset({"Siachen Glacier", "China"}),
    }


@pytest.mark.parametrize(
    ("iso2", "holding", "not_holding"),
    [
        ("FR", (2.35, 48.85), (55.5, -21.1)),  # Paris, and not Reunion
        ("FR", (9.1, 42.2), (-53.0, 4.0)),  # Corsica, and not Guiana
        ("US", (-80.2, 25.8), (-150.0, 61.2)),  # Miami, and not Anchorage
        ("NL", (4.9, 52.4), (-68.3, 12.2)),
        ("ES", (2.7, 39.6), (-15.4, 28.1)),
        ("PT", (-9.1, 38.7), (-25.7, 37.8)),
        ("NO", (31.0, 70.4), (15.6, 78.2)),
        ("NZ", (174.8, -36.8), (-176.5, -44.0)),
        ("GR", (25.1, 35.3), (12.5, 41.9)),
        ("JP", (141.3, 43.1), (121.5, 25.0)),
        ("CL", (-70.6, -33.4), (-109.3, -27.1)),
        ("AU", (147.3, -42.9), (158.9, -54.6)),
        ("GQ", (8.78, 3.75), (3.4, 6.5)),
    ],
)
def test_the_frame_is_the_part_that_is_meant(iso2, holding, not_holding):
    west, south, east, north = frame_of(iso2)
    assert west <= holding[0] <= east
    assert south <= holding[1] <= north
    assert not (west <= not_holding[0] <= east and south <= not_holding[1] <= north)


@pytest.mark.parametrize(("iso2", "width"), [("RU", 172), ("FJ", 6), ("KI", 60)])
def test_frames_that_pass_180_degrees(iso2, width):
    west, _south, east, _north = frame_of(iso2)
    assert -180 <= west <= 180
    assert 180 < east < west + width


def test_every_country_has_a_frame_of_its_own_size():
    for iso2 in basemap().by_code:
        west, south, east, north = frame_of(iso2)
        assert -180 <= west <= 180, iso2
        assert 0 < east - west < 175, iso2
        assert -90 < south < north < 84, iso2


def test_places_that_are_part_of_another_country_have_frames():
    for iso2, (owner, _box) in WITHIN.items():
        west, _south, east, _north = frame_of(iso2)
        assert east - west < 30, iso2
        assert {polygon.box for polygon in polygons_of(iso2)} < {
            polygon.box for polygon in polygons_of(owner)
        }


@pytest.mark.parametrize("iso2", ["TV", "GI", "AQ", "", "gb", "ZZ"])
def test_what_the_outlines_do_not_have_is_none(iso2):
    assert frame_of(iso2) is None
    assert polygons_of(iso2) == ()


def test_who_needs_a_dot():
    far, near = mercator_sheet(1), mercator_sheet(6)
    for iso2 in ("MT", "SG", "HK", "NR", "BB", "MC"):
        assert far.is_tiny(iso2), iso2
    for iso2 in ("FR", "CU", "LK", "GB"):
        assert not far.is_tiny(iso2), iso2
    assert not near.is_tiny("MT")
    assert mercator_sheet(4).is_tiny("NR")
    # Luxembourg and Liechtenstein are found by the borders around them.
    assert not far.is_tiny("LU")
    assert not far.is_tiny("LI")


def test_all_of_it_takes_less_than_six_megabytes():
    for z in range(MAX_ZOOM + 1):
        mercator_sheet(z)
    assert memory() < 6_000_000
