"""`manage.py revoke_token`: end a token of the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from network.actions.tokens import revoke_token
from network.models import ApiToken
from network.project.commands import Command as BaseCommand
from network.project.people import operator


class Command(BaseCommand):
    """Ends one from this moment."""

    help = (
        "End a token of the API from this moment; ending it twice changes nothing. Example: "
        "manage.py revoke_token --id 5f0c7c1e-7f4e-4c1e-9a55-0d5a3f6f2b11 --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        super().add_arguments(parser)
        parser.add_argument("--id", required=True, help="its id, as create_token showed it")

    def handle(self, *args: Any, **options: Any) -> None:
        """End it."""
        with operator() as actor:
            try:
                token = ApiToken.objects.get(pk=UUID(options["id"]))
            except (ValueError, ApiToken.DoesNotExist):
                raise CommandError(f"There is no token {options['id']} here.") from None
            revoke_token(actor, token=token)
        self.answer(
            {"id": str(token.pk), "revoked": True},
            f"The token {token.prefix}... works no more.",
            as_json=options["json"],
        )
