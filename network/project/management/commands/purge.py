"""`manage.py purge`: delete what has passed its time, now."""

from __future__ import annotations

from typing import Any

from directory.actions.search_index import purge_search
from network.actions.purge import purge
from network.project.commands import Command as BaseCommand
from network.tenancy import Purpose, system


class Command(BaseCommand):
    """The purge that the worker runs daily, at once."""

    help = "Delete what has passed its time; the worker does it daily. Example: manage.py purge"

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, and say what was deleted."""
        result = purge_search(system(Purpose.PURGE)) | purge(system(Purpose.PURGE))
        text = (
            f"Deleted {result['audit_entries']} audit entries; the search forgot "
            f"{result['words_forgotten']} words and learned {result['words_added']}."
        )
        self.answer(result, text, as_json=options["json"])
