"""CSV files as records: one at a time, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from directory.actions.importing.report import ImportFileError
from directory.actions.importing.scan import check_file
from network.validators import has_surrogates

LONGEST_LINE = 1_000_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row by column, trimmed; `problem` says why there are none."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file: those no file can lack, and all that are read."""

    required: tuple[str, ...]
    known: tuple[str, ...]


class Reader:
    """The records of one file; its header is read and checked when the reader is made.

    Memory does not grow with the file. `progress` is called with the position in bytes.

    Raises:
        ImportFileError: the file is not there, is no UTF-8 text, or has not these columns; while
            reading, where a quote never closes or a line has no end.
    """

    def __init__(self, path: Path, columns: Columns, progress: Progress | None = None) -> None:
        check_file(path)
        self._binary: BinaryIO = path.open("rb")
        text = io.TextIOWrapper(
            self._binary, encoding="utf-8-sig", errors="surrogateescape", newline=""
        )
        self._text = text
        self._progress = progress
        self._rows = csv.reader(self._lines(), strict=True)
        try:
            self.header = self._read_header(columns)
        except ImportFileError:
            text.close()
            raise
        self.ignored = tuple(name for name in self.header if name not in columns.known)
        self.missing = tuple(name for name in columns.known if name not in self.header)

    def __enter__(self) -> Reader:
        """Itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close the file."""
        self._text.close()

    def records(self) -> Iterator[Record]:
        """Every row after the header; empty lines are passed over."""
        while True:
            line = self._rows.line_num + 1
            try:
                cells = next(self._rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._broken(line, error)
                continue
            if self._progress:
                self._progress(self._binary.tell())
            if cells:
                yield self._record(line, cells)

    def _lines(self) -> Iterator[str]:
        number = 0
        while line := self._text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise ImportFileError(
                    f"Line {number} is longer than {LONGEST_LINE:,} characters. "
                    "Save the table as CSV, one row a line."
                )
            yield line

    def _read_header(self, columns: Columns) -> list[str]:
        try:
            header = [name.strip() for name in next(self._rows)]
        except StopIteration:
            raise ImportFileError("The file is empty. Its first line names the columns.") from None
        except csv.Error as error:
            raise ImportFileError(
                f"The first line, which names the columns, is damaged: {error}."
            ) from error
        if any(has_surrogates(name) or "\0" in name for name in header):
            raise ImportFileError("The file is not UTF-8 text. Save it as CSV in UTF-8.")
        _check_header(header, columns)
        return header

    def _record(self, line: int, cells: Sequence[str]) -> Record:
        if len(cells) != len(self.header):
            reason = f"has {len(cells)} cells, the first line has {len(self.header)}"
            if self._rows.line_num > line:
                reason += f"; it runs on to line {self._rows.line_num}, so look for a stray quote"
            return Record(line, problem=f"This row {reason}.")
        trimmed = (cell.strip() for cell in cells)
        return Record(line, dict(zip(self.header, trimmed, strict=True)))

    def _broken(self, line: int, error: csv.Error) -> Record:
        """A row that is no CSV; a quote that spans lines has swallowed others: no row is safe.

        Raises:
            ImportFileError: the damage spans lines.
        """
        if self._rows.line_num > line or "unexpected end" in str(error):
            raise ImportFileError(
                f'The quote that opens on line {line} does not close in its cell. Write " within '
                'a cell as "" and close each quoted cell.'
            )
        if "field limit" in str(error):
            return Record(line, problem=f"A cell has more than {csv.field_size_limit():,} signs.")
        return Record(
            line, problem='A quoted cell goes on after its closing quote. Write " in a cell as "".'
        )


def _check_header(header: list[str], columns: Columns) -> None:
    missing = [name for name in columns.required if name not in header]
    if missing:
        line = ",".join(header)
        for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
            if line.count(sign) > len(header) - 1:
                raise ImportFileError(
                    f"The cells are separated by {name}. Save the file as CSV with commas."
                )
        raise ImportFileError(
            f"The column {missing[0]} is missing. These must be there: "
            f"{', '.join(columns.required)}."
            if len(missing) == 1
            else f"The columns {', '.join(missing)} are missing."
        )
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise ImportFileError(f"The column {twice or 'without a name'} is there twice.")
