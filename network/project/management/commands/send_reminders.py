"""`manage.py send_reminders`: ask groups whether their entries are still right, now."""

from __future__ import annotations

from typing import Any

from directory.actions.reminding.sending import send_reminders
from network.project.commands import Command as BaseCommand
from network.tenancy import Purpose, system


class Command(BaseCommand):
    """The reminders that the worker sends, at once."""

    help = (
        "Ask groups whether their entries are still right, where it is time; the worker does it "
        "every hour, and nobody is asked twice. Example: manage.py send_reminders --json"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the mails, and say how many; the worker sends them."""
        result = send_reminders(system(Purpose.MAIL))
        self.answer(
            result,
            f"{result['mails']} mails are on their way, to {result['organizations']} groups.",
            as_json=options["json"],
        )
