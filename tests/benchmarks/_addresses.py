"""Addresses of the API that were asked before, and such that never were."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from directory.queries.cursor import PAGE_SIZE, Cursor

SEED = 50
PROGRAMS = "/api/v1/programs/"
KIND = "programs"
DEEP = 0.9
# Filters that ask nothing when empty, as a form sends them: the same question at 1,023 addresses.
_EMPTY = (
    "q",
    "country",
    "language",
    "service",
    "facility",
    "organization",
    "coalition",
    "status",
    "freshness",
    "claim",
)


class Addresses:
    """Addresses over the listings of one database. The iterators never give one twice, and end."""

    def __init__(self, folder: Path, databases: Mapping[str, str] | None = None) -> None:
        """Read the names and slugs of all listings, in the order of the list."""
        question = "SELECT name, slug FROM directory_listing ORDER BY name, slug"
        if databases:
            with psycopg.connect(databases["DATABASE_OWNER_URL"]) as server:
                self.rows = [(name, slug) for name, slug in server.execute(question)]
        else:
            file = sqlite3.connect(f"file:{quote(str(folder))}/network.sqlite3?mode=ro", uri=True)
            self.rows = file.execute(question).fetchall()
            file.close()
        self._chance = random.Random(SEED)  # noqa: S311 - the same order each time, not a secret

    def page(self, place: float) -> str:
        """The page of the list that begins so far down, from 0 to 1."""
        row = self.rows[min(int(len(self.rows) * place), len(self.rows) - 1)]
        return f"{PROGRAMS}?cursor={Cursor(KIND, 'after', *row).encode()}"

    def new_pages(self, more: str = "") -> Iterator[str]:
        """Full pages anywhere in the list, each beginning behind another row."""
        rows = self.rows[: -PAGE_SIZE - 1]
        for row in self._chance.sample(rows, len(rows)):
            yield f"{PROGRAMS}?cursor={Cursor(KIND, 'after', *row).encode()}{more}"

    def new_details(self) -> Iterator[str]:
        """One program after the other."""
        for _name, slug in self._chance.sample(self.rows, len(self.rows)):
            yield f"{PROGRAMS}{slug}/"

    def detail(self) -> str:
        """One program."""
        return f"{PROGRAMS}{self.rows[len(self.rows) // 2][1]}/"


def same_question(path: str) -> Iterator[str]:
    """Other addresses that ask the same as this one."""
    mark = "&" if "?" in path else "?"
    for size in range(1, len(_EMPTY) + 1):
        for names in itertools.combinations(_EMPTY, size):
            yield path + mark + "&".join(f"{name}=" for name in names)
