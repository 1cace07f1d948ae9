"""The colours of a drawing: sixteen fixed ones a theme, and the way from any picture to them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal, get_args

from PIL import Image

from frontend.atlas.encoding import Colour, encoded

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)


def colour(code: str) -> Colour:
    """Red, green and blue of `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mixed(one: Colour, other: Colour, share: float = 0.5) -> Colour:
    """`share` of one colour with the rest of another."""
    red, green, blue = (
        round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Inks:
    """The named colours of a theme, as in the style sheet. `aside` is land beside a country."""

    sea: Colour
    land: Colour
    aside: Colour
    line: Colour
    square: Colour
    accent: Colour
    figure: Colour
    paper: Colour
    ink: Colour
    soft: Colour


def _inks(codes: str) -> Inks:
    return Inks(*map(colour, codes.split()))


INKS: dict[Theme, Inks] = {
    "light": _inks(
        "#dfe8e6 #fbf8f1 #efe6d3 #c3b69b #c9d6d3 #9c3d1a #ffffff #fbf8f1 #211d17 #5a5142"
    ),
    "dark": _inks(
        "#182325 #39342a #2a2620 #5a5242 #26363a #f0a37c #1a1712 #1a1712 #efe8da #bcb19d"
    ),
}


def check_theme(theme: str) -> Theme:
    """The theme itself. Raises: ValueError for a word that is no theme."""
    for one in THEMES:
        if one == theme:
            return one
    raise ValueError(f"There is no theme {theme!r}: light or dark")


def shades(theme: Theme) -> tuple[Colour, ...]:
    """The sixteen: the inks, and what softens an edge between two of them."""
    inks = INKS[theme]
    found = list(dict.fromkeys(getattr(inks, field.name) for field in fields(inks)))
    edges = (
        mixed(inks.line, inks.land),
        mixed(inks.line, inks.sea),
        mixed(inks.line, inks.aside),
        faint(inks),
        mixed(inks.accent, inks.paper, 1 / 3),
        mixed(inks.accent, inks.paper, 2 / 3),
        mixed(inks.soft, inks.land),
    )
    return *found, *edges


def faint(inks: Inks) -> Colour:
    """Half sea, half land: their edge, and the lines of the squares over land."""
    return mixed(inks.sea, inks.land)


def greyed(picture: Image.Image, theme: Theme) -> Image.Image:
    """A picture of the palette in colour, with all its land set aside."""
    inks = INKS[theme]
    instead = {
        inks.land: inks.aside,
        mixed(inks.line, inks.land): mixed(inks.line, inks.aside),
    }
    other = picture.copy()
    other.putpalette([part for shade in shades(theme) for part in instead.get(shade, shade)])
    return other.convert("RGB")


@lru_cache(maxsize=4)
def _holder(colours: tuple[Colour, ...]) -> Image.Image:
    """A picture that carries a palette, for `Image.quantize`."""
    holder = Image.new("P", (1, 1))
    holder.putpalette([part for shade in colours for part in shade])
    return holder


def reduced(picture: Image.Image, theme: Theme) -> Image.Image:
    """The picture in the sixteen colours, each pixel the nearest, nothing scattered."""
    return picture.quantize(palette=_holder(shades(theme)), dither=Image.Dither.NONE)


def reduced_further(picture: Image.Image, theme: Theme) -> Image.Image:
    """The picture, in colour, in the seven at most that a map without symbols cannot do without.

    A large map of fine lines is a sixth smaller in these, and looks the same.
    """
    inks = INKS[theme]
    few = (
        inks.sea,
        inks.land,
        inks.line,
        inks.square,
        inks.paper,
        mixed(inks.line, inks.land),
        faint(inks),
    )
    return picture.quantize(palette=_holder(few), dither=Image.Dither.NONE).convert("RGB")


def png(picture: Image.Image, theme: Theme) -> bytes:
    """The picture as a PNG of sixteen colours."""
    indexed = reduced(picture, theme)
    return encoded(indexed.tobytes("raw", "P;4"), indexed.size, shades(theme))
