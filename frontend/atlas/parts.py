"""Which polygons a country is made of, and which stand for it on a plate.

Some places with a code of their own are part of another country in the outlines (Mayotte is in
France's). They are found there by the box that holds them.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians

from frontend.atlas.basemap import Box, Polygon, basemap

# West, south, east, north.
WITHIN: dict[str, tuple[str, Box]] = {
    "GF": ("FR", (-55.0, 2.0, -51.0, 6.0)),
    "GP": ("FR", (-62.0, 15.7, -60.9, 16.7)),
    "MQ": ("FR", (-61.4, 14.2, -60.7, 15.0)),
    "RE": ("FR", (55.0, -21.6, 56.0, -20.7)),
    "YT": ("FR", (44.9, -13.2, 45.5, -12.5)),
    "SJ": ("NO", (-10.0, 74.0, 36.0, 81.5)),
    "TK": ("NZ", (-173.0, -9.7, -171.0, -8.4)),
    "BQ": ("NL", (-69.0, 11.8, -62.0, 18.0)),
}

# Where the rule of `frame_of` takes in too much (Svalbard, the far Arctic, the Chatham Islands) or
# leaves out too much (Bornholm; Bioko, with the capital).
FRAMES: dict[str, Box] = {
    "CA": (-141.0, 41.7, -52.6, 70.0),
    "DK": (8.0, 54.5, 15.2, 57.8),
    "GQ": (8.4, 0.9, 11.4, 3.8),
    "NO": (4.5, 57.9, 31.2, 71.3),
    "NZ": (166.4, -47.3, 178.6, -34.4),
    "RU": (19.6, 41.2, 190.3, 74.0),
    "US": (-124.8, 24.5, -66.9, 49.4),
}

# A polygon belongs to the frame where it is this large a share of the largest ...
LARGE = 0.22
# ... or lies this near to the frame, in shares of the frame's longer side; and never farther.
NEAR, FAR = 0.3, 6.0
# A frame is at least this wide and high, in degrees.
LEAST = 0.2


def _holds(box: Box, other: Box) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]


@lru_cache(maxsize=512)
def polygons_of(iso2: str) -> tuple[Polygon, ...]:
    """The polygons of a country by its two letters; none for one the outlines do not have."""
    owner, box = WITHIN.get(iso2, (iso2, (-400.0, -90.0, 400.0, 90.0)))
    shapes = basemap().by_code.get(owner, ())
    return tuple(one for shape in shapes for one in shape.polygons if _holds(box, one.box))


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _nearest(box: Box, frame: Box) -> Box:
    """The box, moved by a whole turn where that brings it nearer to the frame."""
    turns = round(((frame[0] + frame[2]) - (box[0] + box[2])) / 2 / 360) * 360
    return box[0] + turns, box[1], box[2] + turns, box[3]


def _gap(one: Box, other: Box) -> float:
    """Degrees between two boxes, along the wider gap; 0 where they meet."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    return max(across, one[1] - other[3], other[1] - one[3])


def _surface(box: Box) -> float:
    """The box's share of the globe, in square degrees at the equator."""
    return (box[2] - box[0]) * (box[3] - box[1]) * cos(radians((box[1] + box[3]) / 2))


@lru_cache(maxsize=512)
def frame_of(iso2: str) -> Box | None:
    """West, south, east, north of the main part of a country; None where there is no outline.

    The main part is the largest polygon with those that are as large or near it: France without
    its overseas departments, Spain without the Canaries. East may lie past 180 (Russia, Fiji).
    Boxes stand for polygons when sizes are compared.
    """
    if iso2 in FRAMES:
        return FRAMES[iso2]
    boxes = sorted((one.box for one in polygons_of(iso2)), key=_surface, reverse=True)
    if not boxes:
        return None
    frame, rest = boxes[0], boxes[1:]
    largest = _surface(frame)
    is_growing = True
    while is_growing:
        is_growing = False
        for box in list(rest):
            moved = _nearest(box, frame)
            reach = min(NEAR * max(frame[2] - frame[0], frame[3] - frame[1]) + 0.3, FAR)
            if _surface(box) >= LARGE * largest or _gap(moved, frame) <= reach:
                frame = _union(frame, moved)
                rest.remove(box)
                is_growing = True
    return _at_least(frame)


def _at_least(frame: Box) -> Box:
    """The frame, no smaller than `LEAST`, with a west from -180 to 180."""
    more_x = max(0.0, LEAST - (frame[2] - frame[0])) / 2
    more_y = max(0.0, LEAST - (frame[3] - frame[1])) / 2
    turn = 360 if frame[0] - more_x < -180 else 0
    return (
        frame[0] - more_x + turn,
        frame[1] - more_y,
        frame[2] + more_x + turn,
        frame[3] + more_y,
    )
