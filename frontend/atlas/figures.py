"""Figures on a picture, in the sans that comes within Pillow (Aileron, CC0)."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageDraw, ImageFont

FIGURE = 15  # pixels
# Between two numbers of one pill, and the thickening that makes the figures bold: in heights.
GAP, BOLD = 0.5, 0.028


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels. Raises: RuntimeError where Pillow came without FreeType."""
    found = ImageFont.load_default(size)
    if isinstance(found, ImageFont.ImageFont):
        raise RuntimeError(  # noqa: TRY004 - what is wrong is how Pillow was built
            "Pillow was built without FreeType: figures cannot be drawn"
        )
    return found


@lru_cache(maxsize=1024)
def text_width(text: str, size: int) -> float:
    """How wide numbers are, with the gaps between them."""
    words = text.split()
    if not words:
        return 0.0
    face = font(size)
    return sum(face.getlength(word) for word in words) + GAP * size * (len(words) - 1)


@lru_cache(maxsize=16)
def _cap(size: int) -> float:
    """The height of a figure above the line it stands on."""
    return -font(size).getbbox("0", anchor="ls")[1]


def draw_figures(
    draw: ImageDraw.ImageDraw, x: float, y: float, text: str, size: int, *, bold: float = BOLD
) -> None:
    """Draws numbers in white with their middle at a point."""
    face = font(size)
    at = x - text_width(text, size) / 2
    base = y + _cap(size) / 2
    for word in text.split():
        draw.text((at, base), word, fill=255, font=face, anchor="ls", stroke_width=bold * size)
        at += face.getlength(word) + GAP * size
