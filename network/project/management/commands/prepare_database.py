"""`manage.py prepare_database`: as the owner, give the serving role what it needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from network.actions.prepare_database import prepare_database
from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """Grants for the serving role; run it after each migration."""

    help = (
        "Give the serving role (the user of DATABASE_URL) its grants, as the owner of the tables "
        "(DATABASE_OWNER_URL). Row security itself comes with the migrations. "
        "Example: manage.py migrate --database owner && manage.py prepare_database"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, and say what was granted."""
        if not settings.HAS_OWNER_ROLE:
            raise CommandError(
                "Set DATABASE_OWNER_URL to the owner of the tables and DATABASE_URL to the "
                "serving role; with one role, or with SQLite, there is nothing to prepare."
            )
        role = settings.DATABASES["default"]["USER"]
        if role == settings.DATABASES["owner"]["USER"]:
            raise CommandError(
                "DATABASE_URL and DATABASE_OWNER_URL must name two different roles."
            )
        prepared = prepare_database(owner_alias="owner", serving_role=role)
        self.answer(
            {"role": prepared.role, "tables": prepared.tables},
            f"{prepared.role} may serve from {prepared.tables} tables.",
            as_json=options["json"],
        )
