"""`manage.py catalogues`: what still waits for a translation, for the people who translate."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontend import catalogues


class Command(BaseCommand):
    """Updates, checks and compiles the catalogues of translations."""

    help = (
        "Without options: say what keeps each catalogue from being complete, and fail where "
        "anything does. Examples: manage.py catalogues; manage.py catalogues --update es fr; "
        "manage.py catalogues --update pt (a new language); manage.py catalogues --compile"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and for which languages."""
        parser.add_argument(
            "languages", nargs="*", help="codes such as es; default: all there are"
        )
        parser.add_argument("--update", action="store_true", help="take up what the sources say")
        parser.add_argument("--compile", action="store_true", help="compile what has changed")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        languages = options["languages"] or catalogues.languages()
        if options["update"]:
            for language in languages:
                catalogues.update(language)
        if options["compile"]:
            catalogues.compile_stale()
        found = {language: catalogues.problems(language) for language in languages}
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for language, faults in found.items():
                self.stdout.write(f"{language}: {len(faults) or 'complete'}")
                self.stdout.writelines(f"  {fault}\n" for fault in faults)
        if any(found.values()) and not options["update"]:
            raise CommandError("Not every catalogue is complete.")
