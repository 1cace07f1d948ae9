"""`manage.py remove_member`: a person leaves a group, by the operator's hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from network.actions.organizations import end_membership
from network.project.commands import Command as BaseCommand
from network.project.people import described, membership_with, operator


class Command(BaseCommand):
    """The end of a membership."""

    help = (
        "End a person's membership of a group; the account stays. "
        "Example: manage.py remove_member --person-email omar@example.org "
        "--organization example-visitors --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who and where."""
        super().add_arguments(parser)
        parser.add_argument("--person-email", required=True, help="the address of the account")
        parser.add_argument("--organization", required=True, help="the slug of the group")

    def handle(self, *args: Any, **options: Any) -> None:
        """End it.

        Raises:
            CommandError: there is no such membership.
        """
        with operator() as actor:
            membership = membership_with(options["person_email"], options["organization"])
            organization, person = membership.organization, membership.person
            end_membership(actor, membership=membership)
        self.answer(
            {"person": described(person), "organization": organization.slug, "ended": True},
            f"{person.email} belongs to {organization.slug} no more.",
            as_json=options["json"],
        )
