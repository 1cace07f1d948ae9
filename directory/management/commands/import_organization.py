"""`manage.py import_organization`: an organization that was exported on another node."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from directory.actions.moving import load_organization
from directory.actions.moving.report import LoadReport
from directory.management.importing import ROWS_REFUSED, refusals_as_one_line
from directory.validators import validate_slug
from network.tenancy import Purpose, system

_EXAMPLES = """examples:
  manage.py import_organization harbour-visitors.zip --dry-run
  manage.py import_organization harbour-visitors.zip
  manage.py import_organization harbour-visitors.zip --rename harbour-visitors=harbour-visitors-2
  manage.py create_member --person-email amara@example.org --organization harbour-visitors \\
      --role owner

The group waits for a steward, and its programs are not public. It has no members: make its first
owner, who invites the others. Loading the same file again changes nothing, but for what the group
says of places in public: that is taken once the group is verified. Exit codes: 0 all is in, 3 rows
were refused, 1 or 2 nothing was loaded."""


class Command(BaseCommand):
    """Loads what an owner took along from another node."""

    help = "Load the export of an organization."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Help with examples that stay in lines."""
        parser = super().create_parser(prog_name, subcommand, epilog=_EXAMPLES, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to go about it."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the .zip of an export")
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument(
            "--rename",
            action="append",
            default=[],
            type=_rename,
            metavar="OLD=NEW",
            help="another address for the group or a program, where its own is taken here",
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, report, and end with 3 where rows were refused.

        Raises:
            CommandError: the file or the database is not fit; nothing was written.
        """
        with refusals_as_one_line():
            report = load_organization(
                system(Purpose.OPERATOR),
                path=options["file"],
                renames=dict(options["rename"]),
                dry_run=options["dry_run"],
            )
        self.stdout.write(
            json.dumps(report.as_document()) if options["json"] else report_text(report)
        )
        if report.refused:
            raise SystemExit(ROWS_REFUSED)


def report_text(report: LoadReport) -> str:
    """The report for people."""
    tried = ", tried out, nothing written" if report.dry_run else ""
    lines = [f"{report.slug}{tried}:"]
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    lines += [f"  {name:10}{number:>8}" for name, number in counts.items()]
    lines += [f"  kept: {reason} {number}" for reason, number in sorted(report.kept.items())]
    lines += [f"  taken off for good, stays so: {slug}" for slug in report.suppressed]
    lines += [f"  {one['part']}, line {one['line']}: {one['reason']}" for one in report.refused]
    if report.people:
        lines.append("  To invite again:")
        lines += [f"    {one['role']:12} {one['name']}" for one in report.people]
    return "\n".join(lines)


def _rename(text: str) -> tuple[str, str]:
    old, _sep, new = text.partition("=")
    try:
        validate_slug(new)
    except ValidationError as error:
        raise ArgumentTypeError(
            "write OLD=NEW, NEW in small letters, digits and single hyphens"
        ) from error
    return old, new
