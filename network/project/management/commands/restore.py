"""`manage.py restore`: a node from a backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from network.project.backup.errors import BackupError
from network.project.backup.restoring import Restored, restore_backup
from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """Puts a backup in the place of what is here, all of it or nothing."""

    help = (
        "Load a backup into an empty database, while no site is served. What was taken off, "
        "deleted or ended since stays so; every session and token ends. "
        "Examples: manage.py restore /srv/backups/monday.zip; "
        "manage.py restore /srv/backups/monday.zip --replace --json; "
        "manage.py restore monday.zip --also-gone /srv/elsewhere/erasures.log"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What from, and what may be overwritten."""
        super().add_arguments(parser)
        parser.add_argument("file", help="a backup")
        parser.add_argument(
            "--replace", action="store_true", help="delete all that is in the database first"
        )
        parser.add_argument(
            "--also-gone",
            action="append",
            default=[],
            metavar="FILE",
            help="a copy of DATA_DIR/erasures.log that was kept elsewhere; may be given again",
        )
        parser.add_argument(
            "--other-key",
            action="store_true",
            help="SECRET_KEY is another: delete the second factors, which it cannot read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what was loaded and what stayed gone.

        Raises:
            CommandError: it cannot be done; nothing was changed.
        """
        try:
            restored = restore_backup(
                Path(options["file"]),
                replace=options["replace"],
                is_other_key=options["other_key"],
                also_gone=[Path(copy) for copy in options["also_gone"]],
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            said = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database cannot be used: {said}") from error
        document = asdict(restored) | {
            "known_until": restored.known_until and restored.known_until.isoformat()
        }
        self.answer(document, _told(restored), as_json=options["json"])


def _told(restored: Restored) -> str:
    told = (
        f"Restored {restored.rows} rows of {restored.tables} tables and {restored.files} files "
        f"of {restored.made_at}; every table was read again and is as it was saved. "
    )
    if restored.known_until is None:
        told += (
            "There was no list of what was taken off since: go through your mails of that time "
            "before you serve, and take it off again. "
        )
    else:
        number = sum(restored.stayed_gone.values())
        told += (
            f"{number} things stayed gone by the list, whose last day is {restored.known_until}. "
        )
    return told + "Everybody signs in again, and tokens must be made anew."
