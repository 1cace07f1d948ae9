"""Whether a picture holds pixels and nothing else, by the parts that its format is made of."""

from __future__ import annotations

import struct

# JFIF head, tables, frames, scans: no other application segment, no comment.
_JPEG_PARTS = frozenset({0xE0, 0xDB, 0xC4, 0xC0, 0xC1, 0xC2, 0xDD, 0xDA})
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_END = 0xD9
_JFIF_LENGTH = 16
_PNG_PARTS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def is_bare(data: bytes, media_type: str) -> bool:
    """Whether a picture has no part that could hold words, and ends where its format ends.

    The pictures that are kept all do; one that comes from elsewhere is held against it.
    """
    check = {"image/jpeg": _jpeg, "image/png": _png}.get(media_type)
    try:
        return check is not None and check(data)
    except (IndexError, ValueError, struct.error):
        return False


def _jpeg(data: bytes) -> bool:
    if data[:2] != b"\xff\xd8":
        return False
    at = 2
    while True:
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        at += 2
        if marker == _END:
            return at == len(data)
        if marker in _JPEG_ALONE:
            continue
        length = struct.unpack_from(">H", data, at)[0]
        if marker not in _JPEG_PARTS or (marker == 0xE0 and length != _JFIF_LENGTH):
            return False
        at += length
        if marker == 0xDA:
            at = _after_scan(data, at)


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker begins: a zero after 255, and restarts, belong to the scan."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and data[at + 1] not in _JPEG_ALONE:
            return at
        at += 2


def _png(data: bytes) -> bool:
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        if name not in _PNG_PARTS or (name == b"IEND" and length):
            return False
        at += 12 + length
    return at == len(data)
