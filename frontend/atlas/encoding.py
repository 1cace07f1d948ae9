"""A PNG of sixteen colours, four bits a pixel.

Pillow writes one too, with the compression of zlib-ng, which for these maps is a fifth larger
than that of zlib in Python itself; and what zlib gives stays the same when Pillow changes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

Colour = tuple[int, int, int]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The last twelve bytes of every PNG: a file without them was cut short.
END = b"\0\0\0\0IEND\xaeB`\x82"
BITS, INDEXED = 4, 3


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def encoded(packed: bytes, size: tuple[int, int], colours: Sequence[Colour]) -> bytes:
    """The PNG of rows of two pixels a byte, as `Image.tobytes("raw", "P;4")` gives them.

    The rows are not filtered: neighbours in a palette are no neighbours in colour.
    """
    width, height = size
    step = (width + 1) // 2
    rows = b"".join(b"\0" + packed[at : at + step] for at in range(0, step * height, step))
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, BITS, INDEXED, 0, 0, 0)),
            _chunk(b"PLTE", bytes(part for colour in colours for part in colour)),
            _chunk(b"IDAT", squeezer.compress(rows) + squeezer.flush()),
            END,
        )
    )
