"""Reading whole answers as they come, however long they are, and what a process held meanwhile."""

from __future__ import annotations

import csv
import http.client
import io
import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MIB = 1 << 20
PART = 256 * 1024
GZIP = 31
_FIRST = b'{"type":"FeatureCollection","features":['
_LAST = b"]}"


class CutOffError(Exception):
    """An answer ended before its end."""


@dataclass
class Whole:
    """What one answer held, or many pages of one list; `is_whole` unless it was cut off."""

    ids: set[str] = field(default_factory=set)
    rows: int = 0
    received: int = 0
    seconds: float = 0.0
    is_whole: bool = False

    def add(self, identifier: str) -> None:
        """Count one row."""
        self.rows += 1
        self.ids.add(identifier)


def held_kib(pid: int, name: str) -> int:
    """`VmRSS`, what a process holds now, or `VmHWM`, the most since `forget_peak`; in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise RuntimeError(f"the kernel does not tell {name}")


def forget_peak(pid: int) -> None:
    """Let `VmHWM` begin again at what the process holds now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def read_whole(port: int, path: str, form: str, *, packed: bool) -> Whole:
    """One answer read to its end: how many rows, their ids, the bytes on the line.

    Raises:
        RuntimeError: it is refused, or not of its form.
    """
    whole, began = Whole(), time.monotonic()
    lines = _lines(_parts(port, path, whole, packed=packed))
    try:
        {"csv": _csv, "geojson": _geojson, "jsonl": _jsonl}[form](lines, whole)
        whole.is_whole = True
    except (CutOffError, http.client.IncompleteRead, OSError) as error:
        print(f"{path}: {error!r}", flush=True)
    whole.seconds = time.monotonic() - began
    return whole


def read_pages(port: int, path: str, *, packed: bool) -> Whole:
    """All pages of a list, by `next`."""
    whole, began, address = Whole(), time.monotonic(), path
    while address:
        asked = urlsplit(address)
        parts = _parts(port, f"{asked.path}?{asked.query}", whole, packed=packed)
        page = json.loads(b"".join(parts))
        for row in page["results"]:
            whole.add(row["id"])
        address = page["next"]
    whole.seconds, whole.is_whole = time.monotonic() - began, True
    return whole


def _parts(port: int, path: str, whole: Whole, *, packed: bool) -> Iterator[bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    coding = {"Accept-Encoding": "gzip"} if packed else {}
    connection.request("GET", path, headers={"Host": f"localhost:{port}", **coding})
    answer = connection.getresponse()
    if answer.status != 200 or (answer.headers["Content-Encoding"] == "gzip") != packed:
        raise RuntimeError(f"{path}: {answer.status} {answer.headers['Content-Encoding']}")
    unpack = zlib.decompressobj(GZIP) if packed else None
    while part := answer.read1(PART):
        whole.received += len(part)
        yield unpack.decompress(part) if unpack else part
    if unpack and not unpack.eof:
        raise CutOffError(path)
    connection.close()


def _lines(parts: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for part in parts:
        *lines, rest = (rest + part).split(b"\n")
        yield from lines
    if rest:
        raise CutOffError("within a line")


def _jsonl(lines: Iterator[bytes], whole: Whole) -> None:
    for line in lines:
        whole.add(json.loads(line)["id"])


def _geojson(lines: Iterator[bytes], whole: Whole) -> None:
    """One feature a line, the first behind the head of the collection, the last before its end."""
    is_first = True
    line = b""
    for line in lines:
        text = line.removeprefix(_FIRST) if is_first else line
        if is_first and text == line:
            raise RuntimeError("no head of a collection")
        is_first = False
        text = text.removesuffix(_LAST).removesuffix(b",")
        if text:
            whole.add(json.loads(text)["id"])
    if not line.endswith(_LAST):
        raise CutOffError("no end of a collection")


def _csv(lines: Iterator[bytes], whole: Whole) -> None:
    rows = csv.DictReader(io.TextIOWrapper(_Bytes(lines), encoding="utf-8", newline=""))
    for row in rows:
        whole.add(row["id"])


class _Bytes(io.RawIOBase):
    """Lines as a file, for the reader of tables."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        """Read from these."""
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        """Fill with what comes next."""
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return 0
            self._rest = line + b"\n"
        some, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(some)] = some
        return len(some)
