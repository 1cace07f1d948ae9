"""The files of a node in its backup: by folder, which rows name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from directory.actions.moving.archive import Writer
from messaging.models import Attachment
from network.models import Upload
from network.project.backup.archive import ATTACHED, FILES, BackupFile
from network.project.backup.errors import BackupError
from network.uploads.storage import ATTACHMENTS, UPLOADS, Store

STORES = {FILES: UPLOADS, ATTACHED: ATTACHMENTS}
_CHUNK = 1024 * 1024
Written = list[tuple[Store, str]]


def names_of(alias: str) -> list[tuple[str, str]]:
    """What the rows name: the folder in the archive, and the file in it."""
    uploads = Upload._base_manager.using(alias).order_by("name")  # noqa: SLF001 - of all groups
    attached = Attachment._base_manager.using(alias).order_by("file")  # noqa: SLF001 - of all groups
    return [
        *((FILES, name) for name in uploads.values_list("name", flat=True)),
        *((ATTACHED, name) for name in attached.values_list("file", flat=True)),
    ]


def add_file(writer: Writer, folder: str, name: str) -> bool:
    """Add a file, a piece at a time; whether it was there: one may go meanwhile."""
    try:
        with STORES[folder].path(name).open("rb") as file:
            writer.add(folder + name, iter(lambda: file.read(_CHUNK), b""), is_packed=True)
    except FileNotFoundError:
        return False
    return True


def files_of(backup: BackupFile) -> Iterator[tuple[Store, str, str, dict[str, Any]]]:
    """The files of a backup: where each belongs, its name, its part and what is told of it."""
    for part, told in backup.parts.items():
        for folder, store in STORES.items():
            if part.startswith(folder):
                yield store, part.removeprefix(folder), part, told


def bring_files(backup: BackupFile) -> Written:
    """Write the files that are not here; those that were written.

    Raises:
        BackupError: the disk has no room, or a name is none of ours; none is left.
    """
    added: Written = []
    try:
        for store, name, part, told in files_of(backup):
            if _digest_of(store.path(name)) == told["sha256"]:
                continue
            with store.writing(name) as (_name, file):
                added.append((store, name))
                for chunk in backup.chunks(part):
                    file.write(chunk)
    except (ValidationError, ValueError, OSError) as error:
        take_back(added)
        words = str(error).strip().partition("\n")[0]
        raise BackupError(f"The files could not be written: {words}") from error
    return added


def take_back(added: Written) -> None:
    """Delete what was written for a restore that came to nothing."""
    for store, name in added:
        store.remove([name])


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
