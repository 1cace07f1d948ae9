"""`manage.py reset_second_factor`: for who has lost the code app, the passkey and the codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from network.actions.second_factors import reset_second_factors
from network.project.commands import Command as BaseCommand
from network.project.people import described, operator, person_with


class Command(BaseCommand):
    """Takes all second factors of an account away."""

    help = (
        "Take the code apps, passkeys and recovery codes of an account away and sign its devices "
        "out; the person is told by mail and signs in with the password alone. Make sure first "
        "that it is them who ask, by a way other than mail. "
        "Example: manage.py reset_second_factor --email omar@example.org --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        super().add_arguments(parser)
        parser.add_argument("--email", required=True, help="the address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them away, and say how many there were."""
        with operator() as actor:
            person = person_with(options["email"])
            taken = reset_second_factors(actor, person=person)
        self.answer(
            {"person": described(person), "removed": taken},
            f"{person.email}: {taken} second factors removed."
            if taken
            else f"{person.email} had no second factor; nothing was changed.",
            as_json=options["json"],
        )
