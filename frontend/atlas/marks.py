"""What is put on a map: marks in pixels of the picture, and marks with a place found for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

# cluster   a disc with a figure: so many programs close together
# program   a small disc: one program
# number    a pill with the numbers of the list: "4", or "2 5" for two in one town
# facility  a small square: a place of detention; with a figure, so many close together
# country   a hollow ring with a figure: somewhere in this country, town not stated
# area      a large broken ring: a place known only as a region
Kind = Literal["cluster", "program", "number", "facility", "country", "area"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Those with a line to their place, where they had to move off it.
LED = ("program", "number", "country", "cluster")

# Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol at a place in pixels of the picture. `text` is figures and spaces, or nothing.

    Raises: ValueError for another kind or for a text with anything but figures: a picture serves
    all languages.
    """

    x: float
    y: float
    kind: Kind
    text: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no mark {self.kind!r}: {', '.join(KINDS)}")
        if not set(self.text) <= set("0123456789 "):
            raise ValueError("A mark carries figures and spaces only")


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark where it is drawn. `index` is its number in what was given.

    `box` holds every pixel of the symbol, `hit` is the box to press, at least as large as `box`.
    """

    index: int
    mark: Mark
    x: float
    y: float
    box: Box
    hit: Box

    @property
    def has_leader(self) -> bool:
        """Whether it stands so far from its place that a line has to lead there."""
        left, top, right, bottom = self.box
        inside = left <= self.mark.x <= right and top <= self.mark.y <= bottom
        return self.mark.kind in LED and not inside
