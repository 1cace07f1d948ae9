"""`manage.py suspend_person`: nobody gets into an account any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from network.actions.accounts import suspend_person
from network.project.commands import Command as BaseCommand
from network.project.people import described, operator, person_with


class Command(BaseCommand):
    """Suspends an account and ends all that it has open."""

    help = (
        "Let nobody into an account, and end its sessions, links, tokens and invitations. "
        "Example: manage.py suspend_person --email omar@example.org --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        super().add_arguments(parser)
        parser.add_argument("--email", required=True, help="the address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Suspend it."""
        with operator() as actor:
            person = person_with(options["email"])
            suspend_person(actor, person=person)
        self.answer(
            {"person": described(person), "suspended": True},
            f"{person.email} is suspended.",
            as_json=options["json"],
        )
