"""The symbols, drawn onto a picture: each as a stencil four times too large, then reduced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, cos, floor, pi, sin

from PIL import Image, ImageDraw

from frontend.atlas.encoding import Colour
from frontend.atlas.figures import FIGURE, draw_figures
from frontend.atlas.marks import Box, Placed
from frontend.atlas.palette import Inks
from frontend.atlas.sheets import OVER
from frontend.atlas.sizes import AREA_LINE, DOT, EDGE, HALO, LEADER, RING

Paint = Callable[[ImageDraw.ImageDraw, Callable[[float, float], tuple[float, float]]], None]


def stamp(picture: Image.Image, box: Box, ink: Colour, paint: Paint) -> None:
    """Puts `ink` on the picture where `paint` draws white, within a box."""
    left, top = floor(box[0]) - 2, floor(box[1]) - 2
    width, height = ceil(box[2]) + 2 - left, ceil(box[3]) + 2 - top
    mask = Image.new("L", (width * OVER, height * OVER))

    def place(x: float, y: float) -> tuple[float, float]:
        return (x - left) * OVER, (y - top) * OVER

    paint(ImageDraw.Draw(mask), place)
    small = mask.resize((width, height), Image.Resampling.LANCZOS)
    picture.paste(ink, (left, top), small)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _pill(picture: Image.Image, box: Box, ink: Colour) -> None:
    """A box whose ends are half circles: a disc where it is as high as wide."""

    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        left, top = place(box[0], box[1])
        right, bottom = place(box[2], box[3])
        # Pillow counts the last row and column in.
        draw.rounded_rectangle(
            (left, top, right - 1, bottom - 1), radius=(bottom - top) / 2, fill=255
        )

    stamp(picture, box, ink, paint)


def _square(picture: Image.Image, box: Box, ink: Colour) -> None:
    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        left, top = place(box[0], box[1])
        right, bottom = place(box[2], box[3])
        draw.rectangle((left, top, right - 1, bottom - 1), fill=255)

    stamp(picture, box, ink, paint)


def _figures(picture: Image.Image, one: Placed, ink: Colour, scale: int) -> None:
    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        x, y = place(one.x, one.y)
        draw_figures(draw, x, y, one.mark.text, FIGURE * scale * OVER)

    if one.mark.text.strip():
        stamp(picture, one.box, ink, paint)


def _leader(picture: Image.Image, one: Placed, ink: Colour, width: float) -> None:
    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        ends = [place(one.mark.x, one.mark.y), place(one.x, one.y)]
        draw.line(ends, fill=255, width=max(1, round(width * OVER)))

    xs, ys = sorted((one.mark.x, one.x)), sorted((one.mark.y, one.y))
    stamp(picture, _grown((xs[0], ys[0], xs[1], ys[1]), width), ink, paint)


def draw_name(
    picture: Image.Image, name: str, at: tuple[float, float], ink: Colour, size: int
) -> None:
    """Draws a name of letters and figures with its middle at a point."""

    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        x, y = place(*at)
        draw_figures(draw, x, y, name, size * OVER, bold=0.012)

    stamp(picture, _around(*at, size), ink, paint)


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _broken_ring(picture: Image.Image, one: Placed, ink: Colour, width: float) -> None:
    """A ring of dashes, sixteen around."""
    left, top, right, bottom = _grown(one.box, -HALO)
    radius = (right - left) / 2

    def paint(
        draw: ImageDraw.ImageDraw, place: Callable[[float, float], tuple[float, float]]
    ) -> None:
        for n in range(16):
            turns = [(n + part) * pi / 8 for part in (0.0, 0.2, 0.4, 0.6)]
            arc = [place(one.x + radius * cos(turn), one.y + radius * sin(turn)) for turn in turns]
            draw.line(arc, fill=255, width=round(width * OVER), joint="curve")

    stamp(picture, (left, top, right, bottom), ink, paint)


def draw_marks(
    picture: Image.Image, placed: Sequence[Placed], inks: Inks, *, scale: int = 1
) -> None:
    """Draws the symbols: leaders below, then rings of areas, squares, discs and pills."""
    led = [one for one in placed if one.has_leader]
    for one in led:
        _leader(picture, one, inks.paper, (LEADER + 1.6) * scale)
    for one in led:
        _leader(picture, one, inks.accent, LEADER * scale)
        _pill(picture, _around(one.mark.x, one.mark.y, (DOT + 1) * scale), inks.paper)
        _pill(picture, _around(one.mark.x, one.mark.y, DOT * scale), inks.accent)
    for kind in ("area", "facility", "program", "country", "cluster", "number"):
        for one in placed:
            if one.mark.kind == kind:
                _draw(picture, one, inks, scale)


def _draw(picture: Image.Image, one: Placed, inks: Inks, scale: int) -> None:
    """One symbol with its halo and its figures."""
    body = _grown(one.box, -HALO * scale)
    if one.mark.kind == "area":
        _broken_ring(picture, one, inks.accent, AREA_LINE * scale)
        _figures(picture, one, inks.accent, scale)
    elif one.mark.kind == "facility":
        _square(picture, one.box, inks.paper)
        _square(picture, _grown(one.box, -EDGE * scale), inks.ink)
        _figures(picture, one, inks.paper, scale)
    else:
        _pill(picture, one.box, inks.paper)
        _pill(picture, body, inks.accent)
        if one.mark.kind == "country":
            _pill(picture, _grown(body, -RING * scale), inks.paper)
        _figures(picture, one, inks.accent if one.mark.kind == "country" else inks.figure, scale)
