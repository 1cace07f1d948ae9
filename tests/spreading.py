"""How tests are spread over processes, and in which order."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

# Tests of these folders share a site, a browser and what earlier tests of their file left there.
JOURNEYS = "tests/journeys/"
# One of these takes as long as a file of others.
LONG = (
    "tests/matrix/",
    "tests/isolation/",
    "tests/api/hsds/test_documents.py",
    "tests/api/test_opened_fuzz.py",
    "tests/api/test_schema_fuzz.py",
)


def long_ones_first(items: list[pytest.Item]) -> None:
    """Put what takes long before the rest, so that no process waits for another at the end."""
    items.sort(key=lambda item: (JOURNEYS, *LONG, "").index(_kind(item.nodeid)))


def _kind(nodeid: str) -> str:
    return next((one for one in (JOURNEYS, *LONG) if nodeid.startswith(one)), "")


class ByFile(LoadScopeScheduling):
    """A file stays in one process, but for what takes long, which goes where there is room.

    `xdist_group` says the same in words, but it renames tests, which pytest 9.2 no longer lets it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(LONG) else nodeid.partition("::")[0]
