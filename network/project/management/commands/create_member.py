"""`manage.py create_member`: a person in a group, by the operator's hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from network.actions.organizations import grant_membership
from network.enums import Role
from network.project.commands import Command as BaseCommand
from network.project.people import (
    described,
    link_for,
    operator,
    organization_with,
    person_for,
)


class Command(BaseCommand):
    """A membership, and a link with which the person signs in."""

    help = (
        "Give a person a role in a group; an account is made where there is none. "
        "Example: manage.py create_member --person-email omar@example.org "
        "--organization example-visitors --role organizer --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, where and as what."""
        super().add_arguments(parser)
        parser.add_argument("--person-email", required=True, help="the address of the account")
        parser.add_argument("--organization", required=True, help="the slug of the group")
        parser.add_argument("--role", required=True, choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role and say how to sign in."""
        with operator() as actor:
            organization = organization_with(options["organization"])
            person = person_for(actor, options["person_email"])
            role = Role(options["role"])
            grant_membership(actor, organization=organization, person=person, role=role)
            link = link_for(actor, person)
        self.answer(
            {"person": described(person), "sign_in_link": link},
            f"{person.email} is {role.value} of {organization.slug}. Sign in once with {link}",
            as_json=options["json"],
        )
