"""From which zoom on each point of a line is worth drawing.

Douglas and Peucker's rule, once for all zooms: a point matters as far as it lies from the chord
that would replace it, and never more than the point that split its stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot


def _farthest(xs: Sequence[int], ys: Sequence[int], first: int, last: int) -> tuple[int, float]:
    """The inner point that lies farthest from the stretch between two points, and how far."""
    x0, y0 = xs[first], ys[first]
    dx, dy = xs[last] - x0, ys[last] - y0
    length = hypot(dx, dy)
    best, far = first, -1.0
    for i in range(first + 1, last):
        px, py = xs[i] - x0, ys[i] - y0
        along = px * dx + py * dy
        if length == 0 or along <= 0:
            off = hypot(px, py)
        elif along >= length * length:
            off = hypot(px - dx, py - dy)
        else:
            off = abs(px * dy - py * dx) / length
        if off > far:
            best, far = i, off
    return best, far


def offsets(xs: Sequence[int], ys: Sequence[int]) -> list[float]:
    """For each point how far the line would move without it; ends never go (infinity).

    The values nest: keeping the points above any bound is what the rule gives for that bound.
    """
    found = [float("inf")] * len(xs)
    todo = [(0, len(xs) - 1, float("inf"))]
    while todo:
        first, last, bound = todo.pop()
        if last - first < 2:
            continue
        middle, off = _farthest(xs, ys, first, last)
        off = min(off, bound)
        found[middle] = off
        todo += [(first, middle, off), (middle, last, off)]
    return found


def first_zooms(xs: Sequence[int], ys: Sequence[int], tolerance: float, deepest: int) -> bytes:
    """For each point the zoom from which it is drawn, `deepest` + 1 for those never drawn.

    Coordinates are pixels of the zoom `deepest`; `tolerance` is in pixels of the zoom drawn.
    """
    levels = bytearray()
    for off in offsets(xs, ys):
        zoom = 0
        while zoom <= deepest and off < tolerance * (1 << (deepest - zoom)):
            zoom += 1
        levels.append(zoom)
    return bytes(levels)
