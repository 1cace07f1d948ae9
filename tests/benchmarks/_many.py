"""A directory with many listings in a fresh SQLite, made from the sample by a fixed seed.

`python -m tests.benchmarks._many FOLDER NUMBER` fills one folder.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BATCH = 5_000
TOWNS = 5_000
SEED = 20


def make_folder(folder: Path, number: int) -> Path:
    """A data directory with that many listings, prepared for serving."""
    environment = {**os.environ, "DATA_DIR": str(folder)}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        environment.pop(name, None)
    for command in (
        ["manage.py", "demo", "--no-serve"],
        ["-m", "tests.benchmarks._many", str(folder), str(number)],
    ):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return folder


def _fill(number: int) -> None:
    from django.db import transaction

    from directory.actions.revisions import change_revision
    from directory.models import Listing
    from network.tenancy import Purpose, acting, system

    chance = random.Random(SEED)  # noqa: S311 - the same rows each time, not a secret
    with acting(system(Purpose.IMPORT)), transaction.atomic():
        sample = list(Listing.objects.order_by("slug"))
        located = [row for row in sample if row.latitude is not None]
        towns = [_town(chance, chance.choice(located)) for _town_number in range(TOWNS)]
        missing = number - len(sample)
        for first in range(0, missing, BATCH):
            rows = range(first, min(first + BATCH, missing))
            Listing.objects.bulk_create(_copy(chance, sample, towns, row) for row in rows)
        change_revision()


def _town(chance: random.Random, near: object) -> tuple[float, float, str]:
    """A town within some hundred kilometres of one of the sample's, with a name of its own."""
    latitude = min(max(near.latitude + chance.gauss(0, 3), -60), 75)
    longitude = (near.longitude + chance.gauss(0, 3) + 180) % 360 - 180
    return round(latitude, 5), round(longitude, 5), f"{near.locality} {chance.randrange(10_000)}"


def _copy(chance: random.Random, sample: list, towns: list, row: int) -> object:
    """A listing like one of the sample, in one of the towns or, as in the sample, in none."""
    from uuid import UUID

    from directory.models import Listing

    model = chance.choice(sample)
    values = {
        field.attname: getattr(model, field.attname)
        for field in Listing._meta.concrete_fields
        if field.attname not in ("id", "slug", "name", "document")
    }
    if model.latitude is not None:
        values["latitude"], values["longitude"], values["locality"] = chance.choice(towns)
    return Listing(
        id=UUID(int=chance.getrandbits(128)),
        slug=f"many-{row}",
        name=f"{model.name} {row}",
        **values,
    )


if __name__ == "__main__":
    os.environ["DATA_DIR"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    _fill(int(sys.argv[2]))
