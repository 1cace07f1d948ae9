"""`manage.py suppress_listing`: take a listing off for good."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.actions.suppression import NotListedError, suppress_listing
from network.tenancy import Purpose, acting, system


class Command(BaseCommand):
    """Takes one listing off at the wish of its group."""

    help = (
        "Take a listing off for good: no import brings it back. "
        "Examples: manage.py suppress_listing gb-example-visitors; "
        "manage.py suppress_listing gb-example-visitors --reason 'asked by e-mail' --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The slug, and why."""
        parser.add_argument("slug", help="the last part of the address of its page")
        parser.add_argument("--reason", default="", help="a few words, without names of people")
        parser.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it off and say so.

        Raises:
            CommandError: nothing is or was listed under this slug, or the reason is too long.
        """
        slug = options["slug"]
        try:
            with acting(system(Purpose.OPERATOR)) as actor:
                is_new = suppress_listing(actor, slug=slug, reason=options["reason"])
        except (NotListedError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"slug": slug, "suppressed": True, "changed": is_new}))
        else:
            said = "is off for good" if is_new else "was off already"
            self.stdout.write(f"{slug} {said}.")
