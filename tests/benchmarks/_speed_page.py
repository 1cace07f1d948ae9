"""The figures of the page on speed, made from the results beside it.

`python -m tests.benchmarks._speed_page` writes them anew; a test compares page and results.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from tests.benchmarks._result import RESULTS, ROOT

PAGE = ROOT / "frontend" / "docs" / "developers" / "speed.md"
# Definitions of links that nothing uses: they are not shown.
BEGIN = "[figures]: # (python -m tests.benchmarks._speed_page writes from here)"
END = "[figures]: # (to here)"
PROOFS = ("api_speed", "export_memory", "workers", "connections", "copy_in_step")
ON_POSTGRESQL = "api_speed_postgresql"
LONGEST_BAR = 10
NEW = {
    "list": "A list of 50",
    "list, gzip": "The same, compressed",
    "first page": "The first page of the list",
    "page at 90 %": "A page at 90 % of the list",
    "program": "One program",
}
AGAIN = {
    "list again": "A list of 50",
    "list again, gzip": "The same, compressed",
    "list unchanged, 304": "The same, unchanged (304)",
    "program again": "One program",
}


def figures() -> str:
    """The part of the page between the marks."""
    found = {name: _result(name) for name in PROOFS}
    parts = [
        "## Lists and programs",
        *_speed(found["api_speed"], "SQLite"),
        *(_speed(_result(ON_POSTGRESQL), "PostgreSQL") if _has(ON_POSTGRESQL) else []),
        "## Everything in one piece",
        *_exports(found["export_memory"]),
        "## Two serving processes",
        *_workers(found["workers"]),
        "## A crowd of clients",
        *_connections(found["connections"]),
        "## A copy kept in step",
        *_copies(found["copy_in_step"]),
        "## What is reached and what is not",
        *_bars(found | ({ON_POSTGRESQL: _result(ON_POSTGRESQL)} if _has(ON_POSTGRESQL) else {})),
    ]
    return "\n\n".join(parts)


def page_with(text: str) -> str:
    """The page with these figures between the marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _speed(result: dict[str, Any], database: str) -> list[str]:
    told = result["figures"]
    parts = [
        f"{_when(result)} {database}. The bare view took {told['bare_ms']} ms of CPU a request.",
    ]
    widest = max(ratio for ratios in told["to_bare"].values() for ratio in ratios.values())
    for heading, questions in (("asked for the first time", NEW), ("asked again", AGAIN)):
        parts.append(f"### {database}, {heading}")
        rows = [
            (
                words,
                _thousands(size),
                f"{told['cpu_ms_a_request'][name][size]} ms",
                f"{ratio} {_bar(ratio, widest)}",
            )
            for name, words in questions.items()
            for size, ratio in told["to_bare"][name].items()
        ]
        parts.append(_table(("Question", "Listings", "CPU", "Times a bare view"), rows))
    grown = told["many_to_few"]
    parts.append(
        f"Among the most listings the first page takes {grown['first page']} times what it takes "
        f"among the fewest, the page at 90 % {grown['page at 90 %']} times."
    )
    return parts


def _exports(result: dict[str, Any]) -> list[str]:
    told = result["figures"]
    rows = [
        (
            f"{one['kind']}, {one['form']}{', gzip' if one['coding'] == 'gzip' else ''}",
            _thousands(one["rows"]),
            f"{one['above_idle_mib']} MiB",
            f"{one['seconds']} s",
            f"{one['received_mb']} MB",
        )
        for one in told["cases"]
    ]
    return [
        f"{_when(result)} SQLite. The server held {told['idle_mib']} MiB before.",
        _table(("What", "Rows", "Memory above idle", "Time", "Over the line"), rows),
    ]


def _workers(result: dict[str, Any]) -> list[str]:
    told = result["figures"]
    rows = [
        (
            words,
            _thousands(round(told[f"{name}, 1"]["a_second"])),
            _thousands(round(told[f"{name}, 2"]["a_second"])),
            f"{told[f'{name}, two to one']}",
            f"{told[f'{name}, 2']['own_cores']} of 2 cores",
        )
        for name, words in (("list, new", "New lists"), ("list, again", "The same list again"))
    ]
    columns = ("Question", "One process, a second", "Two", "Two to one", "Taken by the load")
    return [
        f"{_when(result)} SQLite, {_thousands(told['listings'])} listings.",
        _table(columns, rows),
    ]


def _connections(result: dict[str, Any]) -> list[str]:
    told = result["figures"]
    open_ones, others = told["connections"], told["others"]
    rows = [
        ("Requests by 32 clients at once", _thousands(told["requests"])),
        ("Answered otherwise than they should be", str(sum(told["refused"].values()))),
        ("Middle wait, and 95 of 100", _waits(told["waits"])),
        ("Connections to the database, 32 clients", str(open_ones["with 32 clients"])),
        ("Connections, 8 slow readers of exports", str(open_ones["with 8 slow readers"])),
        ("Waits of 4 clients alone", _waits(others["alone"])),
        ("Waits of 4 clients beside 8 slow readers", _waits(others["with 8 slow readers"])),
    ]
    words = f"{_when(result)} PostgreSQL, {_thousands(told['listings'])} listings."
    return [words, _table(("What", "Found"), rows)]


def _copies(result: dict[str, Any]) -> list[str]:
    rows = [
        (
            {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[database],
            f"{told['publications']} and {told['removals']}",
            str(told["syncs"]),
            "yes" if told["equal"] else "no",
            str(told["in the copy though removed before"]),
        )
        for database, told in result["figures"].items()
    ]
    columns = ("Database", "Published and removed", "Syncs", "Equal", "Kept though removed")
    return [_when(result), _table(columns, rows)]


def _bars(results: dict[str, dict[str, Any]]) -> list[str]:
    rows = [
        (f"`{name}`", bar, "reached" if is_reached else "**not reached**")
        for name, result in results.items()
        for bar, is_reached in result["bars"].items()
    ]
    return [_table(("Proof", "Bar", "State"), rows)]


def _waits(told: dict[str, float]) -> str:
    return f"{told['p50_ms']} and {told['p95_ms']} ms"


def _when(result: dict[str, Any]) -> str:
    machine = result["machine"]
    return (
        f"Measured on {result['measured_on']} at `{result['commit']}`, {machine['cores']} cores, "
        f"Python {machine['python']}."
    )


def _bar(value: float, widest: float) -> str:
    return "█" * max(1, round(LONGEST_BAR * value / widest))


def _thousands(number: int | str) -> str:
    return f"{int(number):,}"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(columns)]
    lines.append(["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in [*lines, *map(list, rows)])


def _has(name: str) -> bool:
    return (RESULTS / f"{name}.json").exists()


def _result(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def main() -> int:
    """Write the page; 0."""
    PAGE.write_text(page_with(figures()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
