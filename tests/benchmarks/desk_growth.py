"""A group's desk among 10 organizations and among 10,000 with 100,000 programs: the same work.

Each page and list takes as many queries among many as among few. The list of programs is asked in
turn with a Django with nothing in it: CPU is what the kernel counts for each process. PostgreSQL
where DATABASE_URL and DATABASE_OWNER_URL are given; what its own processes take is not in the
figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks._many_groups import PROGRAMS_EACH, SLUG
from tests.benchmarks._result import ROOT, SHORT, keep
from tests.benchmarks._rounds import Target, bare, play, product
from tests.benchmarks._services import on_postgresql
from tests.journeys.site import own_database

SIZES = (10, 200) if SHORT else (10, 10_000)
ROUNDS, REQUESTS, FIRST = (3, 10, 5) if SHORT else (9, 20, 20)
LIST, GROWTH, GATE = 4.5, 1.2, 3
PATHS = {
    "desk list": f"/desk/{SLUG}/programs/",
    "desk overview": f"/desk/{SLUG}/",
    "program page": f"/desk/{SLUG}/programs/program-0/",
    "API list": f"/api/v1/organizations/{SLUG}/programs/",
}


def run(command: list[str], variables: Mapping[str, str]) -> str:
    """What a command prints, with no database but of `variables`."""
    alone = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **alone, **variables},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextmanager
def served() -> Iterator[dict[int, tuple[int, int, dict[str, Any]]]]:
    """The product as port, pid and what its child told, for each number of organizations."""
    with ExitStack() as stack:
        parent = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = {}
        for size in SIZES:
            databases = stack.enter_context(own_database(f"desks_{size}"))
            folder = parent / str(size)
            variables = {**databases, "DATA_DIR": str(folder)}
            run(["manage.py", "demo", "--no-serve"], variables)
            told = run(["-m", "tests.benchmarks._many_groups", str(size)], variables)
            serving = {**databases, "API_RATE_READ": "100000"}
            port, pid = stack.enter_context(product(folder, serving))
            found[size] = (port, pid, json.loads(told.splitlines()[-1]))
        yield found


def targets_of(size: int, port: int, pid: int, told: dict[str, Any]) -> list[Target]:
    """Everything that is asked of one server."""
    desk = {"Cookie": told["cookie"]}
    token = {"Authorization": f"Bearer {told['token']}"}
    return [
        Target(f"{name} @ {size}", port, pid, path, token if name == "API list" else desk)
        for name, path in PATHS.items()
    ]


def main() -> int:
    """Measure; 0 where every bar is reached."""
    few, many = SIZES
    with bare() as nothing, served() as sites:
        empty = Target("bare", *nothing, "/bare/", often=3)
        asked = [target for size, one in sites.items() for target in targets_of(size, *one)]
        play([empty, *asked], rounds=ROUNDS, requests=REQUESTS, first=FIRST)
        queries = {size: told["queries"] for size, (_port, _pid, told) in sites.items()}
    named = {target.name: target for target in asked}
    to_bare = {name: round(target.to(empty), 2) for name, target in named.items()}
    grown = {
        name: round(named[f"{name} @ {many}"].to(named[f"{name} @ {few}"]), 2) for name in PATHS
    }
    figures = {
        "organizations": list(SIZES),
        "programs": [size * PROGRAMS_EACH for size in SIZES],
        "queries": queries,
        "bare_ms": round(empty.median, 2),
        "cpu_ms_a_request": {name: round(target.median, 2) for name, target in named.items()},
        "to_bare": to_bare,
        "many_to_few": grown,
    }
    bars = {
        "as many queries among many as among few": queries[few] == queries[many],
        f"the gate over 100 rows at most {GATE} queries": (
            queries[many]["the gate over 100"] <= GATE
        ),
        f"the desk's list at most {LIST} of a bare view": (to_bare[f"desk list @ {many}"] <= LIST),
        f"the desk's list among many at most {GROWTH} of that among few": (
            grown["desk list"] <= GROWTH
        ),
    }
    name = "desk_growth_postgresql" if on_postgresql() else "desk_growth"
    return 0 if keep(name, figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
