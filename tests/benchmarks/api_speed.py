"""Lists and programs of the API against a bare Django view, at 1,000, 10,000 and 100,000 listings.

Four servers in one run, asked in turn: a Django with nothing in it, and the product with each
number of listings. CPU is what the kernel counts for each process. What is new was never asked
before, so nothing of its answer is kept. PostgreSQL where DATABASE_URL and DATABASE_OWNER_URL are
given; what its own processes take is not in the figures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks._addresses import DEEP, PROGRAMS, Addresses, same_question
from tests.benchmarks._many import make_folder, make_folders
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import Target, bare, play, product
from tests.benchmarks._services import on_postgresql
from tests.journeys.site import Site, own_database

SIZES = (300, 600, 1_200) if SHORT else (1_000, 10_000, 100_000)
# Short rounds, so that both sides of a ratio meet the same moments of a busy machine.
ROUNDS, REQUESTS, FIRST = (3, 15, 5) if SHORT else (15, 40, 20)
# What is quick is asked more often.
OFTEN = 3
LIST, DETAIL, UNCHANGED, GROWTH = 3.0, 3.0, 1.3, 1.5
PACKED = {"Accept-Encoding": "gzip"}
Figures = dict[str, dict[str, float]]


@contextmanager
def servers() -> Iterator[dict[int, tuple[int, int, Addresses]]]:
    """The product as port, pid and addresses, for each number of listings."""
    with ExitStack() as stack:
        parent = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = {size: stack.enter_context(own_database(f"api_{size}")) for size in SIZES}
        if on_postgresql():
            folders = {
                size: make_folder(parent / str(size), size, whole=True, databases=databases[size])
                for size in SIZES
            }
        else:
            folders = make_folders(parent, SIZES)
        yield {
            size: (
                *stack.enter_context(product(folder, databases[size])),
                Addresses(folder, databases[size]),
            )
            for size, folder in folders.items()
        }


def tag_of(port: int, path: str) -> str:
    """The entity tag of an answer."""
    return Site(port, Path(), {}, None, Path()).get(path).headers["etag"]


def targets_of(size: int, port: int, pid: int, addresses: Addresses) -> list[Target]:
    """Everything that is asked of one server."""
    middle, deep = addresses.page(0.5), addresses.page(DEEP)
    new: list[tuple[str, Iterator[str], dict[str, str]]] = [
        ("list", addresses.new_pages(), {}),
        ("list, gzip", addresses.new_pages("&page_size=50"), PACKED),
        ("first page", same_question(PROGRAMS), {}),
        ("page at 90 %", same_question(deep), {}),
        ("program", addresses.new_details(), {}),
    ]
    again: list[tuple[str, str, dict[str, str], int]] = [
        ("list again", middle, {}, 200),
        ("list again, gzip", middle, PACKED, 200),
        ("list unchanged, 304", middle, {"If-None-Match": tag_of(port, middle)}, 304),
        ("program again", addresses.detail(), {}, 200),
    ]
    return [
        *(Target(f"{name} @ {size}", port, pid, paths, headers) for name, paths, headers in new),
        *(
            Target(f"{name} @ {size}", port, pid, path, headers, status=status, often=OFTEN)
            for name, path, headers, status in again
        ),
    ]


def by_size(targets: list[Target], figure: Callable[[Target], float]) -> Figures:
    """One figure of each question at each size."""
    found: Figures = {}
    for target in targets:
        name, _, size = target.name.partition(" @ ")
        found.setdefault(name, {})[size] = round(figure(target), 2)
    return found


def growth(targets: list[Target], name: str) -> float:
    """What a question costs among the most listings, against the fewest."""
    found = {target.name: target for target in targets}
    few, many = (found[f"{name} @ {size}"] for size in (SIZES[0], SIZES[-1]))
    return round(many.to(few), 2)


def main() -> int:
    """Measure; 0 where every bar is reached."""
    with bare() as nothing, servers() as served:
        empty = Target("bare", *nothing, "/bare/", often=OFTEN)
        asked = [target for size, one in served.items() for target in targets_of(size, *one)]
        play([empty, *asked], rounds=ROUNDS, requests=REQUESTS, first=FIRST)
    to_bare = by_size(asked, lambda target: target.to(empty))
    worst = {name: max(ratios.values()) for name, ratios in to_bare.items()}
    if min(to_bare["list"].values()) <= 1.2 * worst["list again"]:
        raise RuntimeError("what should be new was kept")
    grown = {name: growth(asked, name) for name in ("first page", "page at 90 %")}
    figures = {
        "bare_ms": round(empty.median, 2),
        "cpu_ms_a_request": by_size(asked, lambda target: target.median),
        "to_bare": to_bare,
        "many_to_few": grown,
        "bytes": by_size(asked, lambda target: target.bytes),
        "rounds": {
            target.name: [round(ms, 2) for ms in target.milliseconds] for target in [empty, *asked]
        },
    }
    bars = {
        f"a new list of 50 at most {LIST} of a bare view": worst["list"] <= LIST,
        f"a new program at most {DETAIL} of a bare view": worst["program"] <= DETAIL,
        f"unchanged, 304, at most {UNCHANGED} of a bare view": (
            worst["list unchanged, 304"] <= UNCHANGED
        ),
        f"pages at {SIZES[-1]:,} at most {GROWTH} of those at {SIZES[0]:,}": (
            max(grown.values()) <= GROWTH
        ),
    }
    name = "api_speed_postgresql" if on_postgresql() else "api_speed"
    return 0 if keep(name, figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
