"""`manage.py serve`: the whole site, and its background work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from network.project.commands import Command as BaseCommand


class Command(BaseCommand):
    """Daphne with production flags, and the worker loop beside it."""

    help = (
        "Serve the site and run its background work, until Ctrl-C. "
        "Examples: manage.py serve; manage.py serve --host 127.0.0.1 --port 9000 --no-worker"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whether the worker runs elsewhere."""
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave the background work to `worker`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until interrupted."""
        from network.project.server import serve

        host, port = options["host"], options["port"]

        def say() -> None:
            self.answer(
                {"listening": f"{host}:{port}", "origin": settings.PUBLIC_ORIGIN},
                f"Serving {settings.PUBLIC_ORIGIN} from {host}:{port}. Ctrl-C ends it.",
                as_json=options["json"],
            )
            self.stdout.flush()

        serve(host=host, port=port, with_worker=not options["no_worker"], when_ready=say)
