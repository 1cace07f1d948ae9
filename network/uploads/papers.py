"""PDF and plain text: looked through, never run and never changed.

Knows neither Django nor a database: it runs in a process of its own, see `decoder`.
"""

from __future__ import annotations

import re
import zlib

from network.uploads.pictures import Unfit

_TAIL = 1024
# Names by which a PDF does something by itself, carries other files, or is a form of scripts.
_ACTIVE = (
    b"/JavaScript",
    b"/Launch",
    b"/EmbeddedFile",
    b"/EmbeddedFiles",
    b"/RichMedia",
    b"/SubmitForm",
    b"/ImportData",
    b"/GoToE",
    b"/XFA",
    b"/AA",
    b"/JS",
)
_END_OF_NAME = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_RUNS = re.compile(rb"(?:" + b"|".join(_ACTIVE) + rb")" + _END_OF_NAME)
# Opening at a page is a list; anything else on opening is an action.
# Nothing is given back of the spaces: there may be five million of them.
_ON_OPENING = re.compile(rb"/OpenAction(?!\s*+\[)" + _END_OF_NAME)
_LOCKED = re.compile(rb"/Encrypt" + _END_OF_NAME)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECTS = re.compile(rb"/ObjStm" + _END_OF_NAME)
_FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode|/Fl|\[\s*(?:/FlateDecode|/Fl)\s*\])")
_PREDICTED = re.compile(rb"/DecodeParms|/DP" + _END_OF_NAME)
_HEAD_OF_STREAM = 4096
# Streams of objects are names and numbers: more than this is made to exhaust who reads it.
_MAX_INFLATED = 64 * 1024 * 1024

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\U000e0000-\U000e007f]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def is_pdf(data: bytes) -> bool:
    """Whether it begins as a PDF does."""
    return data.startswith(b"%PDF-")


def checked_pdf(data: bytes) -> bytes:
    """The same bytes, where they have the frame of a PDF and name nothing that would run.

    Names are read through their escapes, and in streams of objects too. This is a search for
    words, not a reading of the document: a file made to deceive may pass, so that it is only
    ever handed over as an attachment.

    Raises:
        Unfit: `pdf_broken`, `pdf_locked` or `pdf_active`.
    """
    if not is_pdf(data) or b"%%EOF" not in data[-_TAIL:] or b"startxref" not in data:
        raise Unfit("pdf_broken")
    parts = [data, *_inflated(data)]
    for part in parts:
        names = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _LOCKED.search(names):
            raise Unfit("pdf_locked")
        if _RUNS.search(names) or _ON_OPENING.search(names):
            raise Unfit("pdf_active")
    return data


def _inflated(data: bytes) -> list[bytes]:
    """What the streams of objects hold.

    Raises:
        Unfit: one is packed in a way that cannot be looked through, or holds too much.
    """
    found, room = [], _MAX_INFLATED
    for start in _STREAM.finditer(data):
        head = data[max(0, start.start() - _HEAD_OF_STREAM) : start.start()]
        head = head[head.rfind(b" obj") + 1 :]
        names = _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), head)
        if not _OBJECTS.search(names):
            continue
        if not _FLATE.search(names) or _PREDICTED.search(names):
            raise Unfit("pdf_active")
        unpacked = _unpacked(data[start.end() :], room)
        room -= len(unpacked)
        found.append(unpacked)
    return found


def _unpacked(packed: bytes, room: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        unpacked = reader.decompress(packed, room + 1)
    except zlib.error as error:
        raise Unfit("pdf_broken") from error
    if len(unpacked) > room:
        raise Unfit("pdf_active")
    return unpacked


def checked_text(data: bytes) -> bytes:
    """The same text in UTF-8, without the mark that some programs put before it.

    Raises:
        Unfit: `text_encoding`, `text_control` or `text_turning`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit("text_encoding") from error
    if _CONTROL.search(text) or "�" in text:
        raise Unfit("text_control")
    if _TURNING.search(text):
        raise Unfit("text_turning")
    if not text.strip():
        raise Unfit("empty")
    return text.encode()
