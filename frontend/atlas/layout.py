"""Where symbols stand: moved apart where they would cover each other, with what can be pressed.

Pure: marks go in, marks with places come out; nothing is drawn. The same in every process, since
the candidates are tried in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import cos, pi, sin

from frontend.atlas.marks import LED, Box, Mark, Placed
from frontend.atlas.sizes import DOT, HIT, figures_size, size

# How far each kind may go from its place, in pixels at scale 1. A region is shown where it is.
REACH = {
    "program": 400,
    "number": 400,
    "country": 400,
    "cluster": 400,
    "facility": 36,
    "area": 0,
}
# Distances that are tried, ever farther apart, and directions at each.
RINGS = (0.0, *accumulate(range(30), lambda at, _n: at + max(4.0, at / 8), initial=4.0))
DIRECTIONS = 24
# What a candidate costs beside its distance.
HIDES_A_PLACE, CROSSES_A_MARK, CROSSES_A_LINE = 60.0, 45.0, 30.0

Point = tuple[float, float]


def overlaps(one: Box, other: Box, gap: float = 0.0) -> bool:
    """Whether two boxes share more than an edge, or come closer than a gap."""
    return (
        one[0] < other[2] + gap
        and other[0] < one[2] + gap
        and one[1] < other[3] + gap
        and other[1] < one[3] + gap
    )


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _covers(box: Box, place: Point) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]


def _crosses(a: Point, b: Point, box: Box) -> bool:
    """Whether a stretch passes through a box (Liang and Barsky's rule)."""
    low, high = 0.0, 1.0
    for start, along, least, most in (
        (a[0], b[0] - a[0], box[0], box[2]),
        (a[1], b[1] - a[1], box[1], box[3]),
    ):
        if along == 0:
            if not least < start < most:
                return False
            continue
        near, far = sorted(((least - start) / along, (most - start) / along))
        low, high = max(low, near), min(high, far)
    return low < high


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two stretches cross."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _sharp(at: Point, side: float) -> Point:
    """The point moved so that a square around it ends on whole pixels."""
    return round(at[0] - side / 2) + side / 2, round(at[1] - side / 2) + side / 2


class _Table:
    """What has been placed so far, on a picture of a size."""

    def __init__(self, marks: Sequence[Mark], width: float, height: float, scale: int) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.marks = marks
        self.boxes: list[Box] = []
        self.dots: list[Box] = []
        self.leaders: list[tuple[Point, Point]] = []

    def candidates(self, mark: Mark, wide: float, high: float) -> Iterator[tuple[float, Point]]:
        """Places to try, nearest first, each drawn into the picture: distance and middle."""
        for ring in RINGS:
            if ring > REACH[mark.kind]:
                return
            distance = ring * self.scale
            for n in range(DIRECTIONS if ring else 1):
                turn = (n // 2 + 1) * (1 if n % 2 else -1) * 2 * pi / DIRECTIONS - pi / 2
                x, y = mark.x + distance * cos(turn), mark.y + distance * sin(turn)
                x = min(max(x, wide / 2), self.width - wide / 2)
                y = min(max(y, high / 2), self.height - high / 2)
                yield distance, _sharp((x, y), wide) if mark.kind == "facility" else (x, y)

    def cost(self, mark: Mark, at: Point, box: Box, home: list[Point], most: float) -> float:
        """What speaks against a free place: places and leaders it would hide or cross.

        Stops counting at `most`: a place that is no better is not taken anyway.
        """
        total = 0.0
        for price in self.prices(mark, at, box, home):
            total += price
            if total >= most:
                break
        return total

    def prices(self, mark: Mark, at: Point, box: Box, home: list[Point]) -> Iterator[float]:
        """The parts of the cost, one by one."""
        dot = 2 * DOT * self.scale
        for place in home:
            if overlaps(box, _box(*place, dot, dot)):
                yield HIDES_A_PLACE
        for a, b in self.leaders:
            if _crosses(a, b, box):
                yield CROSSES_A_MARK
        own = (mark.x, mark.y)
        if not _covers(box, own):
            yield from (CROSSES_A_LINE for a, b in self.leaders if _meet(own, at, a, b))
            yield from (CROSSES_A_MARK for other in self.boxes if _crosses(own, at, other))

    def find(self, mark: Mark, home: list[Point]) -> tuple[Point, Box]:
        """The best place for a mark. Where all within reach are taken, its own."""
        wide, high = size(mark, self.scale)
        taken = self.boxes + self.dots if mark.kind == "facility" else self.boxes
        best: tuple[float, Point, Box] | None = None
        for distance, at in self.candidates(mark, wide, high):
            if best and best[0] <= distance:
                break
            box = _box(*at, wide, high)
            if any(overlaps(box, other, self.scale) for other in taken):
                continue
            most = best[0] - distance if best else float("inf")
            led = self.cost(mark, at, box, home, most) if mark.kind in LED else 0.0
            if led < most:
                best = distance + led, at, box
        if best is None:
            _distance, at = next(self.candidates(mark, wide, high))
            return at, _box(*at, wide, high)
        return best[1], best[2]

    def put(self, mark: Mark, at: Point, box: Box) -> None:
        """Takes a place, with the line that leads from the mark's own."""
        if mark.kind == "facility":
            return
        self.boxes.append(box)
        own = (mark.x, mark.y)
        if mark.kind in LED and not _covers(box, own):
            self.leaders.append((own, at))
            self.dots.append(_box(*own, 2 * DOT * self.scale, 2 * DOT * self.scale))


def _order(marks: Sequence[Mark], scale: int) -> list[int]:
    """Single discs first, then the wide before the narrow; squares give way to all."""
    rank = {"area": 0, "program": 1, "cluster": 2, "number": 3, "country": 3, "facility": 4}
    return sorted(
        range(len(marks)),
        key=lambda i: (rank[marks[i].kind], -size(marks[i], scale)[0], i),
    )


def place_marks(
    marks: Sequence[Mark], width: float, height: float, *, scale: int = 1
) -> list[Placed]:
    """The marks that lie in a picture, with a place for each, in the order given.

    Numbered pills, rings, clusters and discs are moved until none covers another, as far as there
    is room within reach. Squares are moved off all these, yet may lie on each other: they are
    many, and a square that is far from its place says something false. Rings of areas stay where
    they are, and others may stand on them, save on their figures. Marks of the same town are to be
    merged before: a pill takes several numbers.
    """
    inside = [i for i, m in enumerate(marks) if 0 <= m.x < width and 0 <= m.y < height]
    shown = [marks[i] for i in inside]
    table = _Table(shown, width, height, scale)
    homes = [(n, (m.x, m.y)) for n, m in enumerate(shown) if m.kind in ("number", "country")]
    found: dict[int, tuple[Point, Box]] = {}
    for i in _order(shown, scale):
        mark = shown[i]
        if mark.kind == "area":
            found[i] = (mark.x, mark.y), _box(mark.x, mark.y, *size(mark, scale))
            if mark.text:
                table.boxes.append(_box(mark.x, mark.y, *figures_size(mark, scale)))
            continue
        home = [place for n, place in homes if n != i]
        at, box = table.find(mark, home)
        table.put(mark, at, box)
        found[i] = at, box
    boxes = [found[i][1] for i in range(len(shown))]
    hits = hit_boxes(boxes, width, height, HIT * scale)
    return [
        Placed(index, mark, *found[i][0], boxes[i], hits[i])
        for i, (index, mark) in enumerate(zip(inside, shown, strict=True))
    ]


def hit_boxes(boxes: Sequence[Box], width: float, height: float, least: float) -> list[Box]:
    """Boxes to press: at least `least` on a side where no neighbour is in the way.

    Two that would meet share the room between their symbols; none is smaller than its symbol.
    """
    grown = [_grown(box, width, height, least) for box in boxes]
    for i in range(len(boxes)):
        for j in range(i):
            if overlaps(grown[i], grown[j]) and not overlaps(boxes[i], boxes[j]):
                grown[i], grown[j] = _parted(boxes[i], boxes[j], grown[i], grown[j])
    return grown


def _grown(box: Box, width: float, height: float, least: float) -> Box:
    """The box, made as large as `least`; drawn into the picture."""
    more_x = max(0.0, least - (box[2] - box[0])) / 2
    more_y = max(0.0, least - (box[3] - box[1])) / 2
    return (
        min(max(0.0, box[0] - more_x), box[0]),
        min(max(0.0, box[1] - more_y), box[1]),
        max(min(width, box[2] + more_x), box[2]),
        max(min(height, box[3] + more_y), box[3]),
    )


def _parted(one: Box, other: Box, hit: Box, hit_other: Box) -> tuple[Box, Box]:
    """Two boxes to press, cut half way between their symbols along the wider gap."""
    gaps = {
        0: max(one[0] - other[2], other[0] - one[2]),
        1: max(one[1] - other[3], other[1] - one[3]),
    }
    axis = 0 if gaps[0] >= gaps[1] else 1
    if one[axis] > other[axis]:
        second, first = _parted(other, one, hit_other, hit)
        return first, second
    middle = (one[axis + 2] + other[axis]) / 2
    mine, theirs = list(hit), list(hit_other)
    mine[axis + 2] = min(mine[axis + 2], middle)
    theirs[axis] = max(theirs[axis], middle)
    return (mine[0], mine[1], mine[2], mine[3]), (theirs[0], theirs[1], theirs[2], theirs[3])
