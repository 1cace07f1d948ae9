"""`manage.py rebuild_search`: make the index of the search anew."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from directory.actions.search_index import rebuild_search
from network.tenancy import Purpose, system


class Command(BaseCommand):
    """Makes the index anew from the public rows."""

    help = (
        "Make the index of the search anew from what is public; the old one answers until then. "
        "Starting the site does it where a new version needs it. "
        "Examples: manage.py rebuild_search; manage.py rebuild_search --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it anew, and say for how many rows."""
        rebuilt = rebuild_search(system(Purpose.IMPORT))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(rebuilt)))
            return
        self.stdout.write(
            f"The search finds {rebuilt.listings} programs, {rebuilt.facilities} places and "
            f"{rebuilt.organizations} organizations."
        )
