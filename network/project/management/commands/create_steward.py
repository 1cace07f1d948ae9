"""`manage.py create_steward`: somebody who looks after this node."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from network.actions.accounts import create_person
from network.models import Person
from network.project.commands import Command as BaseCommand
from network.project.people import described, link_for, operator
from network.tenancy import Purpose, acting, system
from network.validators import normalise_email


class Command(BaseCommand):
    """An account that is a steward of this node, and a link to sign in with."""

    help = (
        "Make somebody a steward of this node; an account that is there becomes one. "
        "Examples: manage.py create_steward --email dov@example.org; "
        "manage.py create_steward --email dov@example.org --name Dov --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        super().add_arguments(parser)
        parser.add_argument("--email", required=True, help="the address of the account")
        parser.add_argument("--name", default="", help="the name to show")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account or change it, and say how to sign in.

        Raises:
            CommandError: the address is none.
        """
        email = options["email"]
        with operator() as actor:
            person = Person.objects.filter(email=normalise_email(email)).first()
            if person is None:
                name = options["name"] or email.partition("@")[0]
                person = create_person(actor, email=email, display_name=name, is_steward=True)
            elif not person.is_active:
                raise CommandError(f"The account {email} is suspended.")
            else:
                person.is_steward = True
                person.save(update_fields=["is_steward"])
        with acting(system(Purpose.OPERATOR)) as actor:
            link = link_for(actor, person)
        self.answer(
            {"person": described(person), "sign_in_link": link},
            f"{person.email} is a steward. Sign in once with {link}",
            as_json=options["json"],
        )
