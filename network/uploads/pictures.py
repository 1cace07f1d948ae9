"""Pictures: decoded, turned upright, and written anew from their pixels alone.

Knows neither Django nor a database: it runs in a process of its own, see `decoder`.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

MAX_PIXELS = 20_000_000
# A PNG of few bytes may hold what no longer fits when it is written anew.
MAX_WRITTEN = 10 * 1024 * 1024
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
# The longest side, where a page shows the picture; a document keeps its size.
LONGEST_SIDE = {"photo": 1600, "logo": 512}
_PAPER = (255, 255, 255)


class Unfit(Exception):  # noqa: N818 - an answer, not a fault
    """The file is not taken; the argument is the code of the reason."""


def is_picture(data: bytes) -> bool:
    """Whether it begins as one of the three kinds of picture does."""
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
    )  # fmt: skip


def bare_picture(data: bytes, use: str) -> tuple[str, int, int, bytes]:
    """Media type, width, height and bytes of the same picture, written from its pixels.

    A JPEG stays one, a PNG too; WebP becomes one of them, by whether it is clear anywhere. Nothing
    else of the file is kept: no place, date, device, profile, comment, preview, nor what
    was hung on its end. A camera's file of several views gives its first.

    Raises:
        Unfit: `broken`, `pixels`, `animated` or `heavy`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _bare(data, use)
    except (Unfit, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Unfit("pixels") from error
    except Exception as error:  # decoders raise anything on a file made to break them
        raise Unfit("broken") from error


def _bare(data: bytes, use: str) -> tuple[str, int, int, bytes]:
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as opened:
        form = opened.format or ""
        if opened.width * opened.height > MAX_PIXELS:
            raise Unfit("pixels")
        if form != "MPO" and getattr(opened, "is_animated", False):
            raise Unfit("animated")
        if use in LONGEST_SIDE:
            # A JPEG can be decoded at half or a quarter: less memory for the same result.
            opened.draft("RGB", (LONGEST_SIDE[use], LONGEST_SIDE[use]))
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        picture = _plain(opened)
    if use in LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE[use], LONGEST_SIDE[use]), Image.Resampling.LANCZOS)
    return _written(picture, _form_for(picture, form, use))


def _plain(opened: Image.Image) -> Image.Image:
    """The pixels as RGB, with how clear they are where any is; all else is forgotten."""
    if opened.mode.startswith("I") or opened.mode == "F":
        opened = opened.convert("L") if opened.mode == "F" else _of_16_bits(opened)
    plain = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    plain.info.clear()
    return plain


def _of_16_bits(opened: Image.Image) -> Image.Image:
    """Grey of 16 bits as grey of 8: Pillow alone would cut all that is light to white."""
    return opened.point(lambda value: value * (1 / 256)).convert("L")


def _form_for(picture: Image.Image, form: str, use: str) -> str:
    if use == "photo":
        return "JPEG"
    # Written as WebP it would take twice the memory of all else.
    return "PNG" if picture.mode == "RGBA" or form == "PNG" else "JPEG"


def _written(picture: Image.Image, form: str) -> tuple[str, int, int, bytes]:
    if form == "JPEG" and picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, _PAPER)
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    file = io.BytesIO()
    if form == "JPEG":
        picture.save(file, "JPEG", quality=88, optimize=False, progressive=False)
    else:
        picture.save(file, "PNG", compress_level=6)
    written = file.getvalue()
    if len(written) > MAX_WRITTEN:
        raise Unfit("heavy")
    return MEDIA_TYPES[form], *picture.size, written
