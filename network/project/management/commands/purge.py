"""`manage.py purge`: delete what has passed its time, now."""

from __future__ import annotations

from typing import Any

from network.project.commands import Command as BaseCommand
from network.project.purging import purge_everything
from network.tenancy import Via


class Command(BaseCommand):
    """The purge that the worker runs daily, at once."""

    help = "Delete what has passed its time; the worker does it daily. Example: manage.py purge"

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, and say what was deleted."""
        result = purge_everything(Via.COMMAND)
        text = (
            f"Deleted {result['audit_entries']} audit entries, {result['invitations']} "
            f"invitations, {result['uploads']} files, {result['exports']} exports, "
            f"{result['programs']} programs, {result['program_drafts']} drafts and "
            f"{result['organizations']} organizations; the search forgot "
            f"{result['words_forgotten']} words and learned {result['words_added']}."
        )
        self.answer(result, text, as_json=options["json"])
