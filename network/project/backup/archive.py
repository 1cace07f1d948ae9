"""The file of a backup: written whole or not at all, and looked at whole before it is used."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

from network.project.backup.errors import BackupError

FORMAT = "visitation-network-backup"
VERSION = 1
MANIFEST = "manifest.json"
ERASURES = "erasures.log"
ROWS = "rows/"
FILES = "files/"
ATTACHED = "attachments/"

_CHUNK = 64 * 1024
_MAX_MANIFEST = 256 * 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


def rows_of(label: str) -> str:
    """The part with the rows of a table."""
    return f"{ROWS}{label}.jsonl"


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone that has its name once it is whole and on the disk.

    Raises:
        BackupError: there is a file of this name, no such folder, no right or no room; nothing is
            left behind.
    """
    if path.exists() or path.is_symlink():
        raise BackupError(f"{path} is there already. Choose another name.")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _give_name(part, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _give_name(part: Path, path: Path) -> None:
    """Let the file have its name, unless another has taken it meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise BackupError(f"{path} is there already. Choose another name.") from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        # A file system without a second name for one file.
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class BackupFile:
    """A backup that was opened; `check` reads every byte of it."""

    def __init__(self, path: Path) -> None:
        """Open it and read its manifest.

        Raises:
            BackupError: it cannot be read, is no backup, is damaged or of another version.
        """
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise BackupError(f"{path} is not there. Give the path of a backup.") from None
        except _BROKEN as error:
            raise _damaged(path) from error
        self.path = path
        try:
            self.manifest = self._manifest()
        except BaseException:
            self._zip.close()
            raise
        self.tables: dict[str, dict[str, Any]] = self.manifest["tables"]
        self.parts: dict[str, dict[str, Any]] = self.manifest["parts"]

    def __enter__(self) -> BackupFile:
        """Itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the file."""
        self._zip.close()

    def check(self) -> None:
        """Hold every part against its length and hash, and the parts against the manifest.

        Raises:
            BackupError: one differs, is missing or is one too many.
        """
        if sorted(self._zip.namelist()) != sorted([MANIFEST, *self.parts]):
            raise _damaged(self.path)
        for name, told in self.parts.items():
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(name):
                digest.update(chunk)
                size += len(chunk)
            if (digest.hexdigest(), size) != (told["sha256"], told["bytes"]):
                raise _damaged(self.path)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, some at a time."""
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise _damaged(self.path) from error

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a part."""
        rest = b""
        for chunk in self.chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
        if rest:
            raise _damaged(self.path)

    def text(self, name: str) -> str:
        """A part as text."""
        return b"".join(self.chunks(name)).decode("ascii", errors="replace")

    def _manifest(self) -> dict[str, Any]:
        try:
            if self._zip.getinfo(MANIFEST).file_size > _MAX_MANIFEST:
                raise _damaged(self.path)
            manifest = orjson.loads(self._zip.read(MANIFEST))
        except _BROKEN as error:
            raise _damaged(self.path) from error
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise BackupError(f"{self.path} is no backup of a node.")
        if manifest.get("version") != VERSION:
            raise BackupError(
                f"{self.path} has version {manifest.get('version')!r:.20} of the format; this "
                f"release reads version {VERSION}. Restore it with the release that made it."
            )
        return manifest


def _damaged(path: Path) -> BackupError:
    return BackupError(
        f"{path} is damaged or no backup. Nothing was changed. Take another copy of it."
    )
