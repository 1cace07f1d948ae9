"""What every command of the product shares: `--json`, and one clear line on error."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """A command that can answer with one JSON document on standard output."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def answer(self, document: dict[str, Any], text: str, *, as_json: bool) -> None:
        """Write the document or the text."""
        shown = json.dumps(document, ensure_ascii=False) if as_json else text
        self.stdout.write(shown)
