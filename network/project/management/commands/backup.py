"""`manage.py backup`: the whole node as one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from network.project.backup.errors import BackupError
from network.project.backup.making import make_backup
from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """Rows and files of the node in one new file; the site may be served meanwhile."""

    help = (
        "Write the rows of the database and the files of groups into one new file, readable by "
        "its owner alone. Not in it: SECRET_KEY, mails, sessions, links, tokens. "
        "Examples: manage.py backup /srv/backups/monday.zip; "
        "manage.py backup /srv/backups/monday.zip --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        super().add_arguments(parser)
        parser.add_argument("file", help="the file to write; there must be none of this name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say what is in it.

        Raises:
            CommandError: it cannot be written.
        """
        path = Path(options["file"])
        try:
            made = make_backup(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            said = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database cannot be used: {said}") from error
        text = (
            f"{path} holds {made.rows} rows of {made.tables} tables and {made.files} files. "
            "SECRET_KEY is not in it: keep that somewhere else."
        )
        self.answer({"file": str(path), **asdict(made)}, text, as_json=options["json"])
