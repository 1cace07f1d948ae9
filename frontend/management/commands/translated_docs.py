"""`manage.py translated_docs`: which pages of help wait for a translator, and which are older."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontend import documents, translated_docs
from frontend.markup import ORIGINAL

# The others are for those who run a node or build on it, and are in English.
SHELF = "people"


class Command(BaseCommand):
    """Reports on the translations of the pages for people, and marks them as up to date."""

    help = (
        "Without options: say which pages of help are missing, or older than the English, in each "
        "language; fail where one has another form than its English page. Examples: manage.py "
        "translated_docs; manage.py translated_docs es --mark vouch register (you have looked at "
        "them: they say what the English says now)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which languages, and which pages were brought up to date."""
        parser.add_argument("languages", nargs="*", help="codes such as es; default: all")
        parser.add_argument("--mark", nargs="+", metavar="PAGE", default=[], help="up to date now")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        known = [code for code, _name in settings.LANGUAGES if code != ORIGINAL]
        languages = options["languages"] or known
        if unknown := sorted(set(languages) - set(known)):
            raise CommandError(f"No language of this node: {', '.join(unknown)}")
        folder = documents.ROOT / SHELF
        for language in languages:
            for page in options["mark"]:
                self._mark(page, language)
        states = {language: translated_docs.state(folder, language) for language in languages}
        if options["json"]:
            found = {language: dataclasses.asdict(state) for language, state in states.items()}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for language, state in states.items():
                self._say(language, state)
        if any(state.faults for state in states.values()):
            raise CommandError("Not every translation has the form of its English page.")

    def _mark(self, page: str, language: str) -> None:
        path = documents.documents().get(f"{SHELF}/{page}")
        if path is None or not translated_docs.file_of(path, language).is_file():
            raise CommandError(f"{language}: there is no translation of {page}")
        translated_docs.mark_current(path, language)

    def _say(self, language: str, state: translated_docs.State) -> None:
        lines = {"missing": state.missing, "older than the English": state.older}
        waiting = len(state.missing) + len(state.older) + len(state.faults)
        self.stdout.write(f"{language}: {waiting or 'complete'}")
        for what, pages in lines.items():
            self.stdout.writelines(f"  {what}: {page}\n" for page in pages)
        self.stdout.writelines(f"  {fault}\n" for fault in state.faults)
