"""`manage.py demo`: from nothing to a served site with the sample data."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.utils import timezone

from directory.actions.gazetteer import gazetteer_version, load_gazetteer
from directory.actions.sample import SAMPLE_DIR, load_sample
from directory.actions.search_index import keep_search_current
from directory.queries.gazetteer import loaded_version
from network.actions.jobs import finish_job
from network.models import Job
from network.project.commands import Command as BaseCommand
from network.project.sample_people import sample_people
from network.tenancy import Purpose, system


class Command(BaseCommand):
    """What `make run` starts."""

    help = (
        "Migrate, load the sample data and serve, keeping what is there. "
        "Examples: manage.py demo; PORT=9000 DATA_DIR=/tmp/visits manage.py demo"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to serve afterwards."""
        super().add_arguments(parser)
        parser.add_argument(
            "--no-serve", action="store_true", help="prepare everything and stop there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, load, collect, serve."""
        owner = "owner" if settings.HAS_OWNER_ROLE else "default"
        call_command("migrate", database=owner, verbosity=0, interactive=False)
        if settings.HAS_OWNER_ROLE:
            call_command("prepare_database", stdout=self.stderr)
        keep_search_current(system(Purpose.IMPORT))
        self._load()
        self._load_towns()
        call_command("collectstatic", verbosity=0, interactive=False)
        if not options["no_serve"]:
            self._serve()

    def _load(self) -> None:
        """Load the sample files unless these very files were loaded before."""
        digest = _digest(SAMPLE_DIR)
        last = Job.objects.filter(name="sample").first()
        if last is not None and last.result.get("files") == digest:
            return
        self.stdout.write("Loading the sample data ...")
        started = timezone.now()
        load_sample(system(Purpose.IMPORT))
        finish_job("sample", started=started, result={"files": digest})

    def _load_towns(self) -> None:
        """Load the towns of the world unless these very ones were loaded before."""
        if loaded_version() == gazetteer_version():
            return
        self.stdout.write("Loading the names of towns ...")
        load_gazetteer(system(Purpose.IMPORT))

    def _serve(self) -> None:
        from network.project.server import serve

        serve(host="127.0.0.1", port=settings.PORT, with_worker=True, when_ready=self._say)

    def _say(self) -> None:
        self.stdout.write(f"\nThe site is at {settings.PUBLIC_ORIGIN}\n\n")
        self.stdout.write("Invented people to try a group's desk as; each link works once:\n")
        for one in sample_people():
            self.stdout.write(f"  {one.name:<7} {one.does:<34} {one.link}\n")
        self.stdout.write("\nCtrl-C ends it.\n")
        self.stdout.flush()


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()
