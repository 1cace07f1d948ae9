"""`manage.py worker`: the background work in a process of its own."""

from __future__ import annotations

import signal
import threading
from typing import Any

from network.project import worker
from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """The worker loop, until it is interrupted."""

    help = (
        "Run the background work in a process of its own, beside `serve --no-worker`. "
        "Example: manage.py worker"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGINT or SIGTERM."""
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        worker.run(stop)
        self.answer({"stopped": True}, "The worker has stopped.", as_json=options["json"])
