"""A directory with many listings, made from the sample by a fixed seed.

`python -m tests.benchmarks._many FOLDER NUMBER` fills one folder; with `whole` behind it the rows
have places, texts and words to filter by too.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.benchmarks._whole import add_children, add_facilities, write_whole

ROOT = Path(__file__).resolve().parents[2]
BATCH = 5_000
TOWNS = 5_000
SEED = 20


def make_folder(
    folder: Path, number: int, *, whole: bool = False, databases: Mapping[str, str] | None = None
) -> Path:
    """A data directory with that many listings, prepared for serving.

    `whole` rows have places, texts and words to filter by. With `databases`, the variables of a
    PostgreSQL, the rows are there, otherwise in a fresh SQLite.
    """
    if not folder.exists():
        _run(["manage.py", "demo", "--no-serve"], folder, databases)
    fill = ["-m", "tests.benchmarks._many", str(folder), str(number), *["whole"] * whole]
    _run(fill, folder, databases)
    return folder


def make_folders(parent: Path, sizes: Iterable[int]) -> dict[int, Path]:
    """A data directory with whole rows in SQLite for each size; the sample is loaded once."""
    sample = make_folder(parent / "sample", 0)
    folders = {size: parent / str(size) for size in sizes}
    for size, folder in folders.items():
        shutil.copytree(sample, folder)
        make_folder(folder, size, whole=True)
    return folders


def _run(command: list[str], folder: Path, databases: Mapping[str, str] | None) -> None:
    environment = {**os.environ, "DATA_DIR": str(folder)}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        environment.pop(name, None)
    subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, **(databases or {})},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _fill(number: int, whole: bool) -> None:
    from django.db import connections, transaction

    from directory.actions.revisions import change_revision
    from directory.models import Listing
    from network.tenancy import Purpose, acting, system

    chance = random.Random(SEED)  # noqa: S311 - the same rows each time, not a secret
    with acting(system(Purpose.IMPORT)), transaction.atomic():
        sample = list(Listing.objects.order_by("slug"))
        located = [row for row in sample if row.latitude is not None]
        towns = [_town(chance, chance.choice(located)) for _town_number in range(TOWNS)]
        missing = number - len(sample)
        if whole:
            add_facilities(number // 10)
        for first in range(0, missing, BATCH):
            rows = range(first, min(first + BATCH, missing))
            some = [_copy(chance, sample, towns, row) for row in rows]
            if whole:
                for listing, row in zip(some, rows, strict=True):
                    write_whole(chance, listing, row)
            Listing.objects.bulk_create(some)
            if whole:
                add_children(chance, some)
        change_revision()
    if "owner" in connections:
        # What autovacuum does within a minute; nobody does it for SQLite.
        connections["owner"].cursor().execute("VACUUM ANALYZE")


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
    _fill(int(sys.argv[2]), "whole" in sys.argv[3:])
