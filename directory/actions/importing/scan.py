"""A first look at a whole file: whether it is text in UTF-8 at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from directory.actions.importing.report import ImportFileError

_CHUNK = 1 << 20
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_AS_UTF8 = "Save it as CSV in UTF-8 (in a spreadsheet: CSV UTF-8)."


def check_file(path: Path) -> None:
    """Pass where the file is there and is UTF-8, apart from single damaged places.

    A file without one whole letter beyond ASCII but with bytes that are no UTF-8 was saved in
    another encoding. Where both occur the file is UTF-8 with damaged rows, which are refused one
    by one. Reads the file once, a piece at a time.

    Raises:
        ImportFileError: it is not.
    """
    if not path.exists():
        raise ImportFileError(f"There is no file {path}. Check the name and the folder.")
    if not path.is_file():
        raise ImportFileError(f"{path} is not a file. Name the CSV file itself.")
    try:
        damaged, whole, first = _scan(path)
    except OSError as error:
        raise ImportFileError(f"{path} cannot be read: {error.strerror}.") from error
    if not first.strip():
        raise ImportFileError("The file is empty. Its first line names the columns.")
    if first.startswith(_OTHER_MARKS) or first.startswith(b"PK\x03\x04"):
        raise ImportFileError(f"The file is not CSV in UTF-8. {_AS_UTF8}")
    if damaged and not whole:
        raise ImportFileError(f"The file is not UTF-8. {_AS_UTF8}")


def _scan(path: Path) -> tuple[bool, bool, bytes]:
    """Whether there are bytes that are no UTF-8, whether whole letters, and the first bytes."""
    damaged = whole = False
    first = b""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            first = first or chunk[:64]
            text = decoder.decode(chunk)
            if not text.isascii():
                beyond = {char for char in set(text) if char > "\x7f"}
                damaged = damaged or any("\udc80" <= char <= "\udcff" for char in beyond)
                whole = whole or any(not "\ud800" <= char <= "\udfff" for char in beyond)
    return damaged or bool(decoder.decode(b"", final=True)), whole, first
