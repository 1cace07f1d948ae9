"""Many listings that read like the real ones: names, towns and places mixed from the sample."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from directory.actions.importing import Countries, run_import
from directory.actions.indexing import index_listings
from directory.actions.sample import SAMPLE_DIR
from directory.models import Country, Listing
from network.tenancy import Purpose, acting, system

SEED = 2026
AT_ONCE = 1000
_SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "ha",
    "ki",
    "la",
    "mo",
    "nu",
    "pe",
    "ra",
    "si",
    "to",
    "va",
    "we",
    "za",
    "brook",
    "stadt",
    "ville",
    "mar",
]


def fill(total: int) -> None:
    """Add listings until there are so many; what was added is the same in every run."""
    actor = system(Purpose.IMPORT)
    if not Country.objects.exists():
        run_import(actor, Countries, SAMPLE_DIR / "countries.csv")
    with acting(actor):
        first = Listing.objects.count()
        rows = list(zip(range(total), _listings(), strict=False))[first:]
        for start in range(0, len(rows), AT_ONCE):
            some = [row for _number, row in rows[start : start + AT_ONCE]]
            Listing.objects.bulk_create(row for row, _places in some)
            index_listings([row for row, _places in some], {row.pk: p for row, p in some})


def _listings() -> Iterator[tuple[Listing, list[str]]]:
    """One listing after the other, with the names of the places that it visits."""
    choose = random.Random(SEED)  # noqa: S311 - the same each time, nothing secret
    programs, facilities, profiles = _read("programs"), _read("facilities"), _profiles()
    countries = {land.iso2: land for land in Country.objects.all()}
    words = [word for row in (*programs, *facilities) for word in _words_in(row)]
    number = 0
    while True:
        program, other = choose.choice(programs), choose.choice(programs)
        town = choose.choice(facilities)["city"] if choose.random() < 0.8 else _town(choose)
        half = program["name"].split()
        name = " ".join([*half[: len(half) // 2 + 1], *choose.sample(other["name"].split(), 1)])
        profile = choose.choice(profiles) if choose.random() < 0.1 else None
        summary = " ".join(choose.choices(words, k=20)) if choose.random() < 0.5 else ""
        listing = Listing(
            slug=f"made-{number:06}",
            claim="unclaimed",
            name=f"{name} {town}"[:200],
            names={"en": program["name_en"]} if program["name_en"] else {},
            summaries={"en": summary} if summary else {},
            organization_name=other["organization"],
            country=countries[program["country"]],
            locality=town,
            languages=program["languages"].split("|"),
            services=["visits", *choose.sample(["phone", "letters", "legal_aid", "housing"], 1)],
            services_source=other["services"].split("|"),
            source_url="https://listing.example/",
            updated_at=timezone.now(),
        )
        if profile:
            listing.names[profile["lang"]] = profile["name"]
            listing.summaries[profile["lang"]] = profile["summary"]
        places = {choose.choice(facilities)["name"] for _ in range(choose.randint(0, 3))}
        yield listing, sorted(places)
        number += 1


def _town(choose: random.Random) -> str:
    return "".join(choose.choices(_SYLLABLES, k=choose.randint(2, 4))).title()


def _words_in(row: dict[str, str]) -> list[str]:
    return f"{row['name']} {row.get('notes', '')}".split()


def _read(kind: str) -> list[dict[str, str]]:
    with (SAMPLE_DIR / f"{kind}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _profiles() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (SAMPLE_DIR / "profiles_multilingual.json").read_text(encoding="utf-8")
    )
    return found
