"""How large each symbol is, in pixels at scale 1; a picture shown at half its size has scale 2."""

from __future__ import annotations

from math import sqrt

from frontend.atlas.figures import FIGURE, text_width
from frontend.atlas.marks import Mark

HALO = 1.6
EDGE = 1.0  # the halo of a square: whole pixels keep it sharp
RING = 2.0  # the line of a hollow ring
AREA_LINE = 1.8
LEADER = 1.4
DOT = 2.6  # the radius at the far end of a leader
HIT = 24  # the smallest side of what can be pressed

PILL = 23
DISC = 6
CLUSTER, GROWTH, LARGEST = 12.0, 1.1, 26.0
SQUARE, SQUARES = 7.0, 20.0
AREA = 17.0
# Between the ends of a pill and its numbers.
ROOM = 12.0


def _cluster(text: str) -> float:
    """The radius of a disc: 12 pixels and the root of the count, and room for the figure."""
    count = int(text.replace(" ", "") or 0)
    grown = min(CLUSTER + GROWTH * sqrt(count), LARGEST)
    return max(grown, text_width(text, FIGURE) / 2 + 5)


def size(mark: Mark, scale: int = 1) -> tuple[float, float]:
    """Width and height of a mark with its halo, in pixels of the picture."""
    width = height = 0.0
    if mark.kind == "cluster":
        width = height = 2 * _cluster(mark.text)
    elif mark.kind == "program":
        width = height = 2 * DISC
    elif mark.kind == "facility":
        side = max(SQUARES, text_width(mark.text, FIGURE) + 8) if mark.text else SQUARE
        return (side + 2 * EDGE) * scale, (side + 2 * EDGE) * scale
    elif mark.kind == "area":
        width = height = 2 * max(AREA, text_width(mark.text, FIGURE) / 2 + 5)
    else:
        height = PILL if mark.kind == "number" else PILL + 2
        width = max(height, text_width(mark.text, FIGURE) + ROOM)
    return (width + 2 * HALO) * scale, (height + 2 * HALO) * scale


def figures_size(mark: Mark, scale: int = 1) -> tuple[float, float]:
    """Width and height of a mark's figures alone, in pixels of the picture."""
    return text_width(mark.text, FIGURE) * scale, FIGURE * scale
