"""Restoring a backup: all of it or nothing, and what must stay gone stays gone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from directory.actions.revisions import change_revision
from directory.actions.search_index import rebuild_search
from directory.models import Listing, Removal
from network import erasures
from network.actions.audit import record
from network.actions.jobs import finish_job
from network.erasures import Line
from network.models import Job, SupportSession
from network.project.backup import gone
from network.project.backup.archive import ERASURES, BackupFile, rows_of
from network.project.backup.database import (
    alias_of_owner,
    as_owner,
    empty,
    refuse_others,
    unguarded,
)
from network.project.backup.errors import BackupError
from network.project.backup.files import bring_files, files_of, take_back
from network.project.backup.making import key_check
from network.project.backup.tables import (
    ALWAYS_THERE,
    Table,
    emptied_tables,
    kept_tables,
    migrations_of,
)
from network.project.lock import AlreadyServed, nobody_else
from network.project.purging import purge_all_files, purge_rows
from network.tenancy import Purpose, Via, acting, system

# Jobs that say something of what a restore leaves in its place.
_STAYING = ("backup", "gazetteer")


@dataclass(frozen=True, slots=True)
class Restored:
    """What is there now: how much was loaded, what stayed gone, and until when that is known."""

    made_at: str
    tables: int
    rows: int
    files: int
    stayed_gone: dict[str, int]
    known_until: dt.date | None
    purged: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Loaded:
    stayed_gone: dict[str, int]
    purged: dict[str, int]


def restore_backup(
    path: Path,
    *,
    replace: bool = False,
    is_other_key: bool = False,
    also_gone: Sequence[Path] = (),
) -> Restored:
    """Put the node of a backup in the place of this one's, while no site is served from it.

    Every byte of the file is looked at first. Rows, and what is due and what must stay gone, are
    one transaction; afterwards each table was read again and had the count and the hash of the
    backup. `also_gone` are copies of the list of erasures that were kept elsewhere.

    Raises:
        BackupError: it cannot be done; nothing was changed.
    """
    with BackupFile(path) as backup:
        backup.check()
        copies = [_read(copy) for copy in also_gone]
        try:
            with nobody_else(settings.DATA_DIR):
                return _restore(backup, copies, replace=replace, is_other_key=is_other_key)
        except AlreadyServed:
            raise BackupError(
                "The site is being served from this DATA_DIR. End serve and worker, then restore."
            ) from None


def _restore(
    backup: BackupFile, copies: list[list[Line]], *, replace: bool, is_other_key: bool
) -> Restored:
    _check_schema(backup)
    if not is_other_key and backup.manifest["key_check"] != key_check():
        raise BackupError(
            "This backup was made under another SECRET_KEY. Set that key (DATA_DIR/secret_key of "
            "that node), or say --other-key: then everybody sets up second factors anew."
        )
    has_list = erasures.path().exists()
    gone.catch_up()
    own = erasures.known()
    lines = erasures.merged([erasures.parse(backup.text(ERASURES)), own, *copies])
    known_until = _known_until(backup, [*([own] if has_list else []), *copies])
    refuse_others()
    added = bring_files(backup)
    try:
        loaded = _load(backup, lines, replace=replace, is_other_key=is_other_key)
    except BaseException as error:
        take_back(added)
        if isinstance(error, DatabaseError | ValueError | KeyError):
            raise BackupError(
                f"The rows could not be loaded, and nothing was changed: {_first_line(error)}"
            ) from error
        raise
    erasures.append(lines[len(own) :] if lines[: len(own)] == own else lines)
    purge_all_files(Via.COMMAND)
    tables = backup.tables.values()
    return Restored(
        made_at=backup.manifest["made_at"],
        tables=len(tables),
        rows=sum(table["count"] for table in tables),
        files=len(list(files_of(backup))),
        stayed_gone=loaded.stayed_gone,
        known_until=known_until,
        purged=loaded.purged,
    )


def _load(backup: BackupFile, lines: list[Line], *, replace: bool, is_other_key: bool) -> _Loaded:
    """All that is one transaction.

    Raises:
        BackupError: the database is not empty, or holds something else afterwards than it should.
    """
    started, kept = timezone.now(), kept_tables()
    states = erasures.last_states(lines)
    since = dt.datetime.fromisoformat(backup.manifest["made_at"]).date()
    with as_owner(), acting(system(Purpose.OPERATOR)) as operator:
        with unguarded(kept) as alias:
            if not replace:
                _check_empty(alias, kept)
            listed = set(Listing.objects.values_list("pk", "version"))
            staying = list(Job.objects.filter(name__in=_STAYING))
            empty(alias, emptied_tables())
            for table in kept:
                table.load(alias, backup.lines(rows_of(table.label)))
            _check_loaded(alias, kept, backup)
            Job.objects.bulk_create(staying)
            SupportSession._base_manager.filter(ended_at=None).update(ended_at=started)  # noqa: SLF001 - of every group
            stayed_gone = gone.end_rows(states, since=since)
            if is_other_key:
                gone.end_second_factors()
        stayed_gone |= gone.take_down(operator, states)
        purged = purge_rows(Via.COMMAND)
        _tell_copies(listed)
        with acting(system(Purpose.IMPORT)) as importer:
            rebuild_search(importer)
        record(operator, "node.restored", made_at=backup.manifest["made_at"])
        finish_job("restore", started=started, result={"stayed_gone": stayed_gone})
    return _Loaded(stayed_gone, purged)


def _check_schema(backup: BackupFile) -> None:
    """Let a backup be restored by the release that made it, into tables of that release.

    Raises:
        BackupError: the tables here are others, or there are none.
    """
    alias = alias_of_owner()
    executor = MigrationExecutor(connections[alias])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError("The tables here are missing or not up to date. Run migrate first.")
    here, there = set(migrations_of(alias)), set(backup.manifest["migrations"])
    if there - here:
        raise BackupError(
            f"This backup was made by a later release (it has {min(there - here)}). Update this "
            "node, migrate, then restore."
        )
    columns = {table.label: table.columns for table in kept_tables()}
    told = {label: table["columns"] for label, table in backup.tables.items()}
    if here - there or columns != told:
        raise BackupError(
            "This backup was made by an earlier release. Restore it with the code of that release "
            "into an empty database, then upgrade as usual."
        )


def _check_empty(alias: str, tables: Iterable[Table]) -> None:
    full = [t.label for t in tables if t.label not in ALWAYS_THERE and t.count(alias)]
    if full:
        raise BackupError(
            f"The database is not empty ({', '.join(full[:3])} ...). Restore into an empty one, "
            "or say --replace: then all that is in it is deleted."
        )


def _check_loaded(alias: str, tables: Iterable[Table], backup: BackupFile) -> None:
    """Read every table again and hold it against the backup.

    Raises:
        BackupError: one has other rows.
    """
    for table in tables:
        digest, count = hashlib.sha256(), 0
        for line in table.lines(alias):
            digest.update(line)
            count += 1
        told = backup.tables[table.label]
        if (count, digest.hexdigest()) != (told["count"], told["sha256"]):
            raise BackupError(
                f"{table.label} came out otherwise than it was saved. Nothing was changed."
            )


def _tell_copies(before: set[tuple[Any, int]]) -> None:
    """Give every listing a new date, and those that are gone a mark, for who keeps a copy.

    A copy that was fetched after the backup would else hold later versions for good.
    """
    present = set(Listing.objects.values_list("pk", flat=True))
    Removal.objects.bulk_create(
        (Removal(id=pk, version=version) for pk, version in before if pk not in present),
        ignore_conflicts=True,
    )
    Listing.objects.update(updated_at=None)
    change_revision()


def _known_until(backup: BackupFile, lists: Sequence[Sequence[Line]]) -> dt.date | None:
    """Until which day it is known what went; nothing where there is no list but the backup's."""
    if not lists:
        return None
    made_on = dt.datetime.fromisoformat(backup.manifest["made_at"]).date()
    return max([made_on, *(line.day for line in chain.from_iterable(lists))])


def _read(path: Path) -> list[Line]:
    try:
        return erasures.parse(path.read_text(encoding="ascii", errors="replace"))
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
