"""`manage.py check_node`: whether this node may serve the public."""

from __future__ import annotations

from typing import Any

from django.core.checks import ERROR, run_checks
from django.core.management.base import CommandError

from network.project.checks import TAG
from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """Every check of the node; fails where one fails."""

    help = (
        "Check whether this node is fit to serve the public. Example: manage.py check_node --json"
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the checks, show each, fail where one is an error."""
        found = run_checks(tags=[TAG], include_deployment_checks=True)
        errors = [message for message in found if message.level >= ERROR]
        self.answer(
            {
                "fit": not errors,
                "messages": [
                    {"id": m.id, "level": m.level, "message": m.msg, "hint": m.hint} for m in found
                ],
            },
            "\n".join(f"{m.id} {m.msg} {m.hint}" for m in found) or "Fit to serve.",
            as_json=options["json"],
        )
        if errors:
            raise CommandError(
                f"{len(errors)} of these must be put right before serving the public."
            )
