"""`manage.py worker`: the background work in a process of its own."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from network.project import worker
from network.project.commands import Command as BaseCommand
from network.project.lock import BeingRestored, at_work


class Command(BaseCommand):
    """The worker loop, until it is interrupted, or until nothing is due."""

    help = (
        "Run the background work in a process of its own, beside `serve --no-worker`; or do what "
        "is due now and end. Examples: manage.py worker; manage.py worker --once --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether it ends by itself."""
        super().add_arguments(parser)
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, then end; for a timer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGINT or SIGTERM; or once, where an error of a round is the command's.

        Raises:
            CommandError: a backup is being restored.
        """
        try:
            with at_work(settings.DATA_DIR):
                answer = self._once() if options["once"] else self._until_told()
        except BeingRestored as error:
            raise CommandError(f"A backup is being restored into {error}. Wait for it.") from error
        self.answer(*answer, as_json=options["json"])

    def _once(self) -> tuple[dict[str, Any], str]:
        return {"rounds": worker.run_once()}, "What was due is done."

    def _until_told(self) -> tuple[dict[str, Any], str]:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        worker.run(stop)
        return {"stopped": True}, "The worker has stopped."
