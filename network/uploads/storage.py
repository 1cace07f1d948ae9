"""Files on disk: under random names, outside of what the web server serves."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_NAME = re.compile(r"[0-9a-f]{32}")
_PART = ".part"
# Left free for the database: without room it cannot even delete.
RESERVE = 64 * 1024 * 1024


class Store:
    """One folder of the data directory, readable by the server's account alone.

    A file has its name only when it is whole and on the disk. Deleting unlinks: what the disk, a
    snapshot or a backup of it still holds is out of reach, see the page for operators.
    """

    def __init__(self, folder: str) -> None:
        """Nothing is made before something is written."""
        self.folder = folder

    @property
    def root(self) -> Path:
        """Where the files are."""
        return Path(settings.FILES_DIR) / self.folder

    def path(self, name: str) -> Path:
        """Where a file is.

        Raises:
            ValueError: that is no name of a file of ours.
        """
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of a stored file")
        return self.root / name[:2] / name

    def write(self, parts: Iterable[bytes]) -> str:
        """The name of a new file with these bytes, which are on the disk when this returns.

        Raises:
            ValidationError: `no_room`; nothing is left of it.
        """
        with self.writing() as (name, file):
            for part in parts:
                file.write(part)
        return name

    @contextmanager
    def writing(self, name: str = "") -> Iterator[tuple[str, IO[bytes]]]:
        """A name and the file to fill; it is there when the block has ended without error.

        The name is a new one unless one is given, of a file that a backup brings back.

        Raises:
            ValidationError: `no_room`; nothing is left of it.
        """
        name = name or secrets.token_hex(16)
        path = self.path(name)
        part = path.with_name(name + _PART)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if shutil.disk_usage(path.parent).free < RESERVE:
                raise OSError(errno.ENOSPC, "reserve")
            handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as file:
                yield name, file
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
            _sync_folder(path.parent)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            raise ValidationError(
                _(
                    "This node has no room for files at the moment. Nothing was kept. Tell the "
                    "people who run it."
                ),
                code="no_room",
            ) from error
        finally:
            part.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; nothing where it is missing."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, names: Iterable[str]) -> int:
        """Delete files; how many were there."""
        removed = 0
        for name in names:
            with suppress(FileNotFoundError):
                self.path(name).unlink()
                removed += 1
        return removed

    def older_than(self, seconds: float) -> set[str]:
        """The names of whole files that were written longer ago; half ones are deleted."""
        oldest, found = time.time() - seconds, set()
        for path in self.root.glob("??/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime > oldest:
                    continue
                if _NAME.fullmatch(path.name):
                    found.add(path.name)
                elif path.name.endswith(_PART):
                    path.unlink()
        return found


def _sync_folder(folder: Path) -> None:
    """Let the name be on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


UPLOADS = Store("uploads")
ATTACHMENTS = Store("attachments")
EXPORTS = Store("exports")
