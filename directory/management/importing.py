"""What the importing commands share: arguments, the progress bar, the report, exit codes."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from directory.actions.importing import ImportFileError, Report, run_import
from directory.actions.importing.engine import Kind
from network.tenancy import Purpose, system

BAD_FILE = 2
ROWS_REFUSED = 3
REFUSALS_SHOWN = 100
_EXAMPLES = """examples:
  manage.py {command} directory/sample/{file}
  manage.py {command} new.csv --dry-run
  manage.py {command} new.csv --all-or-nothing --json

Refused rows are left out and named by their line (the header is line 1); the others go in.
Importing the same file again changes nothing. Exit codes: 0 all rows are in, 3 rows were
refused, 1 or 2 nothing was imported."""


class ImportCommand(BaseCommand):
    """A command that imports one kind of file."""

    kind: ClassVar[type[Kind[Any]]]
    what: ClassVar[str]

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Help with examples that stay in lines."""
        parser = super().create_parser(
            prog_name,
            subcommand,
            epilog=_EXAMPLES.format(command=subcommand, file=f"{self.kind.name}.csv"),
            **kwargs,
        )
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.description = f"Import from a CSV file in UTF-8: {self.what}."
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and how to go about it."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="write nothing if a row is refused"
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, report, and end with 3 where rows were refused.

        Raises:
            CommandError: the file or the database is not fit; nothing was written.
        """
        with refusals_as_one_line():
            report = self._import(options)
        document = report.as_document()
        self.stdout.write(
            json.dumps(document) if options["json"] else report_text(report, options["file"].name)
        )
        if report.refused:
            raise SystemExit(ROWS_REFUSED)

    def _import(self, options: dict[str, Any]) -> Report:
        path: Path = options["file"]
        size = path.stat().st_size if path.is_file() else 0
        is_terminal = bool(getattr(self.stderr, "isatty", bool)())
        with tqdm(
            total=size, unit="B", unit_scale=True, leave=False, disable=not is_terminal
        ) as bar:
            return run_import(
                system(Purpose.IMPORT),
                self.kind,
                path,
                dry_run=options["dry_run"],
                all_or_nothing=options["all_or_nothing"],
                progress=lambda position: _advance(bar, position),
            )


@contextmanager
def refusals_as_one_line() -> Iterator[None]:
    """A file or a database that is not fit is one clear line, and an exit code.

    Raises:
        CommandError: in place of the error.
    """
    try:
        yield
    except ImportFileError as error:
        raise CommandError(str(error), returncode=BAD_FILE) from error
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        raise CommandError(
            f"The database refused, and nothing was written: {first}. Run manage.py migrate, "
            "see that no other import runs, and try again."
        ) from error


def report_text(report: Report, name: str) -> str:
    """A report for people: counts, what was kept and why, each refusal with its line."""
    lines = [f"{name}:" if not report.dry_run else f"{name}, tried out, nothing written:"]
    lines += [f"  {label:10}{number:>8}" for label, number in report.counts().items()]
    lines += [f"  kept: {reason} {number}" for reason, number in sorted(report.kept.items())]
    if report.ignored_columns:
        lines.append(f"  Columns not known, ignored: {', '.join(report.ignored_columns)}")
    if report.missing_columns:
        lines.append(f"  Columns not there, read as empty: {', '.join(report.missing_columns)}")
    if report.unknown_words:
        words = ", ".join(f"{word} ({n})" for word, n in report.unknown_words.most_common(20))
        lines.append(f"  Words outside the vocabulary, kept as they are: {words}")
    lines += [f"  line {one.line}: {one.reason}" for one in report.refused[:REFUSALS_SHOWN]]
    if len(report.refused) > REFUSALS_SHOWN:
        lines.append(f"  ... and {len(report.refused) - REFUSALS_SHOWN} more; --json names all.")
    if report.rolled_back:
        lines.append("  Nothing was written, because rows were refused.")
    return "\n".join(lines)


def _advance(bar: tqdm[Any], position: int) -> None:
    bar.update(position - bar.n)
