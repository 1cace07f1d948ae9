"""`manage.py hand_over`: a new owner for a group whose owners are gone, after seven days."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from network.actions.handovers import hand_over_organization
from network.project.commands import Command as BaseCommand
from network.project.people import described, membership_with, operator


class Command(BaseCommand):
    """Announces a handover."""

    help = (
        "Announce that a member of a group whose owners are gone becomes its owner in 7 days. All "
        "members are told by mail, with the reason, and any owner can call it off at the desk. "
        "Example: manage.py hand_over --organization example-visitors "
        '--to-email omar@example.org --reason "Nobody has answered for a year." --json'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which group, to whom and why."""
        super().add_arguments(parser)
        parser.add_argument("--organization", required=True, help="the slug of the group")
        parser.add_argument("--to-email", required=True, help="the account of the new owner")
        parser.add_argument("--reason", required=True, help="what all members are told")

    def handle(self, *args: Any, **options: Any) -> None:
        """Announce it.

        Raises:
            CommandError: the person is no member, is an owner, or a handover is announced.
        """
        with operator() as actor:
            membership = membership_with(options["to_email"], options["organization"])
            organization, person = membership.organization, membership.person
            # Whoever writes at the server's own prompt has nobody to ask but themselves.
            handover = hand_over_organization(
                actor, membership=membership, reason=options["reason"], has_looked=True
            )
        effective = handover.effective_at.isoformat()
        self.answer(
            {
                "id": str(handover.pk),
                "organization": organization.slug,
                "person": described(person),
                "effective_at": effective,
            },
            f"{person.email} becomes an owner of {organization.slug} at {effective}; "
            "its members are told.",
            as_json=options["json"],
        )
