"""Making a backup: the rows of one moment, then the files that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from directory.actions.moving.archive import Writer
from network import erasures
from network.actions.jobs import finish_job
from network.project.backup.archive import ERASURES, FORMAT, VERSION, new_file, rows_of
from network.project.backup.database import one_moment
from network.project.backup.files import add_file, names_of
from network.project.backup.gone import catch_up
from network.project.backup.tables import Table, kept_tables, migrations_of
from network.sealing import keyed_hashes

JOB = "backup"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds: rows of so many tables, files, and files that were gone meanwhile."""

    tables: int
    rows: int
    files: int
    missing_files: int


def make_backup(path: Path) -> Made:
    """Write the whole node into a new file; the site may be served meanwhile.

    Raises:
        BackupError: the file is there already or cannot be written; nothing is left of it.
    """
    started = timezone.now()
    catch_up()
    with new_file(path) as file:
        made = _write(file, made_at=started.isoformat())
    finish_job(JOB, started=started, result=asdict(made))
    return made


def key_check() -> str:
    """A mark of the key of this node, which tells whether another has the same and no more."""
    return keyed_hashes("backup", purpose="backup")[0].hex()[:32]


def _write(file: IO[bytes], **facts: Any) -> Made:
    writer = Writer(file, kind=FORMAT, version=VERSION, is_large=True)
    tables: dict[str, dict[str, Any]] = {}
    with one_moment() as alias:
        for table in kept_tables():
            tables[table.label] = _add_rows(writer, table, alias)
        names = names_of(alias)
        migrations = migrations_of(alias)
    missing = [name for folder, name in names if not add_file(writer, folder, name)]
    # After the rows: what went meanwhile is in it, and twice is once.
    lines = "".join(f"{line}\n" for line in erasures.known())
    writer.add(ERASURES, [lines.encode("ascii")])
    writer.close(
        **facts,
        origin=settings.PUBLIC_ORIGIN,
        key_check=key_check(),
        migrations=migrations,
        tables=tables,
    )
    rows = sum(table["count"] for table in tables.values())
    return Made(len(tables), rows, len(names) - len(missing), len(missing))


def _add_rows(writer: Writer, table: Table, alias: str) -> dict[str, Any]:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in table.lines(alias):
            count += 1
            yield line

    part = rows_of(table.label)
    writer.add(part, counted())
    return {
        "columns": table.columns,
        "count": count,
        "sha256": writer.parts[part]["sha256"],
    }
