"""`manage.py create_token`: a token for a machine, made by the operator for a person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from network.actions.tokens import DAYS, create_token
from network.models import Membership
from network.project.commands import Command as BaseCommand
from network.project.people import operator, organization_with, person_with


class Command(BaseCommand):
    """Makes one and shows it once."""

    help = (
        "Make a token for the API that acts for a person in an organization, and show it once. "
        "What it may do is never more than that person's role. Examples: "
        "manage.py create_token --person-email amara@example.org --organization harbour-visitors "
        "--scopes directory:read,directory:write; with --json for a script"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, where, what for, and how long."""
        super().add_arguments(parser)
        parser.add_argument("--person-email", required=True, help="the person it acts for")
        parser.add_argument("--organization", required=True, help="the organization's slug")
        parser.add_argument(
            "--scopes", required=True, help="comma-separated, such as directory:read,members:read"
        )
        parser.add_argument("--name", default="Made by the operator", help="to tell it apart by")
        parser.add_argument(
            "--days", type=int, default=DAYS, help="how long it works, 365 at most (default 90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and show it."""
        scopes = [scope for scope in map(str.strip, options["scopes"].split(",")) if scope]
        with operator() as actor:
            token, text = create_token(
                actor,
                membership=_membership(options["person_email"], options["organization"]),
                name=options["name"],
                scopes=scopes,
                days=options["days"],
            )
        expires_at = token.expires_at.isoformat().replace("+00:00", "Z")
        self.answer(
            {"id": str(token.pk), "token": text, "expires_at": expires_at},
            f"{text}\nIt is shown this once and works until {expires_at}. "
            f"End it with: manage.py revoke_token --id {token.pk}",
            as_json=options["json"],
        )


def _membership(email: str, slug: str) -> Membership:
    """The present membership.

    Raises:
        CommandError: there is none.
    """
    found = Membership.objects.filter(
        person=person_with(email), organization=organization_with(slug), ended_at=None
    ).first()
    if found is None:
        raise CommandError(f"{email} does not belong to {slug}: make a member with create_member.")
    return found
