"""The archive of an export: its parts, and the reading of one that anybody may have made."""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson

from directory.actions.importing.report import ImportFileError
from network.serialization import json_bytes

FORMAT = "visitation-network-organization"
VERSION = 3
MANIFEST = "manifest.json"
ORGANIZATION = "organization.json"
ROWS = (
    "programs",
    "versions",
    "members",
    "claims",
    "rules",
    "reports",
    "audit",
    "uploads",
    "applications",
    "vouches",
    "mentoring",
    "message_reports",
    "conversations",
)
# What exports of earlier versions of the format do not have.
_LATER = {
    1: {"applications", "vouches", "mentoring", "message_reports", "conversations"},
    2: {"message_reports", "conversations"},
}
FILES = "files/"

MAX_FILE = 2 * 1024**3 - 1
MAX_ENTRIES = 20_000
MAX_DIRECTORY = 4 * 1024 * 1024
MAX_ROWS_PART = 256 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_UPLOAD = 10 * 1024 * 1024
CHUNK = 64 * 1024
_PART = re.compile(rf"organization\.json|(?:{'|'.join(ROWS)})\.jsonl|{FILES}[0-9a-f-]{{36}}")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
_END = struct.Struct("<4sHHHHIIH")


class Writer:
    """Writes an archive part by part: none is in memory whole, each is hashed on its way.

    `kind` and `version` name the format in its manifest; parts of an `is_large` one may have any
    length.
    """

    def __init__(
        self,
        file: IO[bytes],
        *,
        kind: str = FORMAT,
        version: int = VERSION,
        is_large: bool = False,
    ) -> None:
        """Begin in an empty file."""
        self._named, self._is_large = {"format": kind, "version": version}, is_large
        self._zip = zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED)
        self.parts: dict[str, dict[str, Any]] = {}
        self.counts: dict[str, int] = {}

    def add_rows(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """One line of JSON for each row."""
        self.counts[name] = 0

        def lines() -> Iterator[bytes]:
            for row in rows:
                self.counts[name] += 1
                yield json_bytes(row) + b"\n"

        self.add(f"{name}.jsonl", lines())

    def add(self, name: str, content: Iterable[bytes], *, is_packed: bool = False) -> None:
        """A part; `is_packed` where packing it once more would be of no use."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=self._is_large) as part:
            for chunk in content:
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
        self.parts[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def close(self, **facts: Any) -> None:
        """Write the manifest, with these facts, and the end."""
        manifest = {**self._named, **facts}
        manifest |= {"counts": self.counts, "parts": self.parts}
        self._zip.writestr(zipfile.ZipInfo(MANIFEST), json_bytes(manifest))
        self._zip.close()


class Reader:
    """Reads an archive that may be made to harm: every part is known, hashed and bounded.

    Raises:
        ImportFileError: it is no export, is damaged or altered, or of a later version.
    """

    def __init__(self, path: Path) -> None:
        """Open it and read its manifest; `check` looks at the rest."""
        _check_end(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _damaged() from error
        try:
            self._entries = self._checked_entries()
            self.manifest = self._read_manifest()
        except BaseException:
            self._zip.close()
            raise
        self.parts: dict[str, dict[str, Any]] = self.manifest["parts"]

    def __enter__(self) -> Reader:
        """Itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the file."""
        self._zip.close()

    def check(self) -> None:
        """Read every part once, and hold it against its length and hash.

        Raises:
            ImportFileError: one differs.
        """
        for name in self.parts:
            digest = hashlib.sha256()
            for chunk in self._chunks(name):
                digest.update(chunk)
            if digest.hexdigest() != self.parts[name]["sha256"]:
                raise ImportFileError(f"{name} is not what the manifest says. Export again.")

    def document(self, name: str) -> Any:
        """A part of one document."""
        return _parsed(self.content(name), name)

    def content(self, name: str) -> bytes:
        """The bytes of a part."""
        return b"".join(self._chunks(name))

    def rows(self, name: str) -> Iterator[tuple[int, Any]]:
        """The rows of a part, with the number of their line; none of a part that is not there."""
        rest, number = b"", 0
        part = f"{name}.jsonl"
        if part not in self.parts:
            return
        for chunk in self._chunks(part):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > MAX_LINE:
                raise ImportFileError(f"{part} has a line that is too long. Export again.")
            for line in lines:
                number += 1
                yield number, _parsed(line, f"{part}, line {number}")
        if rest:
            raise ImportFileError(f"{part} ends in the middle of a line. Export again.")

    def _chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, never more than the manifest announces."""
        size = 0
        try:
            with self._zip.open(self._entries[name]) as part:
                while chunk := part.read(CHUNK):
                    size += len(chunk)
                    if size > self.parts[name]["bytes"]:
                        raise ImportFileError(f"{name} is longer than it says. Export again.")
                    yield chunk
        except _BROKEN as error:
            raise _damaged() from error
        if size != self.parts[name]["bytes"]:
            raise ImportFileError(f"{name} is shorter than it says. Export again.")

    def _checked_entries(self) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            is_plain = kind in (0, stat.S_IFREG) and not info.flag_bits & 0x1
            known = info.filename == MANIFEST or _PART.fullmatch(info.filename)
            packed = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if not (known and is_plain and packed) or info.filename in entries:
                raise ImportFileError(
                    "This archive holds what no export of this version holds. Export again."
                )
            entries[info.filename] = info
        if MANIFEST not in entries:
            raise ImportFileError("This archive is no export: it has no manifest.json.")
        return entries

    def _read_manifest(self) -> dict[str, Any]:
        info = self._entries.pop(MANIFEST)
        if info.file_size > MAX_DIRECTORY:
            raise _damaged()
        with self._zip.open(info) as part:
            manifest = _parsed(part.read(MAX_DIRECTORY + 1)[:MAX_DIRECTORY], MANIFEST)
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ImportFileError("This archive is no export of an organization.")
        version = manifest.get("version")
        if isinstance(version, bool) or version not in (*_LATER, VERSION):
            raise ImportFileError(
                f"This export has version {version!r:.20} of the format; this node reads versions "
                f"1 to {VERSION}. Update this node, or export from one of the same release."
            )
        _check_parts(manifest, set(self._entries))
        return manifest


def _check_parts(manifest: dict[str, Any], present: set[str]) -> None:
    parts = manifest.get("parts")
    missing = _LATER.get(manifest["version"], set())
    needed = {ORGANIZATION, *(f"{name}.jsonl" for name in ROWS if name not in missing)}
    if not isinstance(parts, dict) or set(parts) != present or not needed <= present:
        raise ImportFileError("The manifest does not name the parts that are there. Export again.")
    for name, told in parts.items():
        most = MAX_UPLOAD if name.startswith(FILES) else MAX_ROWS_PART
        size = told.get("bytes") if isinstance(told, dict) else None
        if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= most:
            raise ImportFileError(f"{name} is too long, or its length is not told.")
        if not re.fullmatch(r"[0-9a-f]{64}", str(told.get("sha256"))):
            raise ImportFileError(f"The manifest has no hash for {name}. Export again.")
    if not isinstance(manifest.get("node"), str) or len(manifest["node"]) > 255:
        raise ImportFileError("The manifest does not say from which node this is.")


def _check_end(path: Path) -> None:
    """Look at the last bytes alone: how long the list of entries is, before it is read.

    Raises:
        ImportFileError: the file is missing, too long, or no plain archive.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size > MAX_FILE:
                raise ImportFileError("This file is too long for an export.")
            file.seek(max(0, size - _END.size - 20))
            tail = file.read()
    except OSError as error:
        raise ImportFileError(f"{path} cannot be read. Give the path of an export.") from error
    if len(tail) < _END.size:
        raise _damaged()
    magic, _d, _s, _n, entries, length, _o, comment = _END.unpack(tail[-_END.size :])
    if magic != b"PK\x05\x06" or comment or tail[:4] == b"PK\x06\x07":
        raise _damaged()
    if entries > MAX_ENTRIES or length > MAX_DIRECTORY:
        raise ImportFileError("This archive has too many parts for an export.")


def _parsed(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ImportFileError(f"{name} is not JSON. Export again.") from error


def _damaged() -> ImportFileError:
    return ImportFileError("This file is no export, or it is damaged. Fetch or make it again.")
