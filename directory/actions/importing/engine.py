"""The importer's engine: read, refuse row by row, write in batches, all in one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from directory.actions.importing.cells import Cells
from directory.actions.importing.reader import Columns, Progress, Reader
from directory.actions.importing.report import Report, RowRefusedError
from directory.actions.revisions import change_revision
from directory.ids import row_id
from network.actions.audit import record
from network.permissions import Permission, require
from network.tenancy import Actor, acting

BATCH = 500

Row = TypeVar("Row")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Draft(Generic[Row]):
    """A row that was read and found good: its line, the keys that only it may have, the row."""

    line: int
    keys: tuple[str, ...]
    row: Row


class Kind(ABC, Generic[Row]):
    """One kind of file: its columns, how a row is read, how a batch of rows is written."""

    name: str
    columns: Columns

    def __init__(self, report: Report) -> None:
        """Made within the transaction of the import; look up here what all rows need."""
        self.report = report

    @abstractmethod
    def read(self, cells: Cells) -> Row:
        """The row that the cells say.

        Raises:
            RowRefusedError: it cannot be imported.
        """

    @abstractmethod
    def keys_of(self, row: Row) -> tuple[str, ...]:
        """The natural keys that no other row of the file may have; the first names the row."""

    @abstractmethod
    def write(self, drafts: Sequence[Draft[Row]]) -> None:
        """Count a batch in the report and, unless it is a dry run, write it.

        The number of queries does not depend on the number of rows.
        """

    def finish(self) -> None:
        """Do what is to be done once after the last batch; not called in a dry run."""


def run_import(
    actor: Actor,
    kind: type[Kind[Any]],
    path: Path,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Import a file whole or not at all, apart from refused rows, and say what was done.

    One transaction: nobody sees half of it, and a process that dies leaves nothing behind. Adds
    one audit entry where something was written.

    Raises:
        Refused: the actor may not import.
        ImportFileError: the file cannot be imported; nothing was written.
    """
    require(actor, Permission.LISTING_IMPORT)
    report = Report(kind=kind.name, dry_run=dry_run)
    with acting(actor), Reader(path, kind.columns, progress) as reader:
        report.ignored_columns, report.missing_columns = reader.ignored, reader.missing
        with transaction.atomic():
            _import(kind(report), reader)
            if all_or_nothing and report.refused:
                report.undo()
                transaction.set_rollback(True)
            elif report.has_written:
                change_revision()
        if report.has_written:
            record(actor, f"{kind.name}.imported", object_kind=kind.name, rows=report.counts())
    return report


def _import(kind: Kind[Any], reader: Reader) -> None:
    drafts = _drafts(kind, reader)
    while batch := list(islice(drafts, BATCH)):
        kind.write(batch)
    if not kind.report.dry_run:
        kind.finish()
    kind.report.refused.sort(key=lambda refusal: refusal.line)


def _drafts(kind: Kind[Row], reader: Reader) -> Iterator[Draft[Row]]:
    """The good rows of a file; the others are refused in the report."""
    # Half of a hash instead of the key: 100,000 of them must stay small.
    seen: dict[int, int] = {}
    for found in reader.records():
        try:
            if found.problem:
                raise RowRefusedError(found.problem)
            row = kind.read(Cells(found.cells, kind.report))
            keys = kind.keys_of(row)
            _check_first(kind, seen, keys, found.line)
        except RowRefusedError as refusal:
            kind.report.refuse(found.line, str(refusal))
        else:
            yield Draft(found.line, keys, row)


def _check_first(kind: Kind[Row], seen: dict[int, int], keys: tuple[str, ...], line: int) -> None:
    hashes = [row_id(kind.name, key).int >> 64 for key in keys]
    first = next((seen[one] for one in hashes if one in seen), None)
    if first is not None:
        raise RowRefusedError(
            f"This is the row of line {first} again ({keys[0][:120]}). Keep one of the two."
        )
    for one in hashes:
        seen.setdefault(one, line)


def differs(old: models.Model, new: models.Model, fields: Iterable[str]) -> bool:
    """Whether any of these columns differs between two rows."""
    return any(getattr(old, name) != getattr(new, name) for name in fields)


def adopt(new: models.Model, old: models.Model) -> None:
    """Let a new row take the place of an old one: its id and its count of versions."""
    new.pk = old.pk
    if hasattr(old, "version"):
        new.version = old.version + 1  # type: ignore[attr-defined]  # asked on the line above


def save_rows(model: type[M], rows: Sequence[M], fields: Sequence[str]) -> None:
    """Add rows, or write these columns of those that are there, in one statement a batch."""
    if not rows:
        return
    names = {field.name for field in model._meta.get_fields()}  # noqa: SLF001 - Django's own public API
    touched = [name for name in ("updated_at", "version") if name in names]
    manager = model._default_manager  # noqa: SLF001 - Django's own public API
    manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*fields, *touched],
    )
