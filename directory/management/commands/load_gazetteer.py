"""`manage.py load_gazetteer`: the towns of the world, to find places by their names."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from directory.actions.gazetteer import load_gazetteer
from network.tenancy import Purpose, system


class Command(BaseCommand):
    """Loads the towns that come with the product."""

    help = (
        "Load the towns of the world and their names in every script, from GeoNames (CC BY 4.0), "
        "bundled with the product: nothing is fetched. Loading again is safe. "
        "Examples: manage.py load_gazetteer; manage.py load_gazetteer --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How to answer."""
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and say how many.

        Raises:
            CommandError: the database refused; nothing was written.
        """
        try:
            loaded = load_gazetteer(system(Purpose.IMPORT))
        except DatabaseError as error:
            first = str(error).strip().splitlines()[0]
            raise CommandError(
                f"The database refused, and nothing was written: {first}. Run manage.py migrate, "
                "see that no import runs, and try again."
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(loaded)))
        else:
            self.stdout.write(f"{loaded.places} towns with {loaded.names} names are loaded.")
