"""How long a reader waits for a place by its name and for what is near it.

Towns are the real ones; listings are strewn over them by population, half at the middle of a
town, half on the grid of a tenth of a degree. On SQLite, or on PostgreSQL where the environment
names one, in a database of its own.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks._result import ROOT, keep
from tests.journeys.site import own_database

SIZES = (1_000, 10_000, 100_000)
LOAD_SECONDS = 15
NAMED_MS = 150
NEAR_MS = 150
NEAREST_MS = 5
MIB = 1 << 20
NAMES = (
    *("Lyon", "Лион", "ליון", "リヨン", "里昂", "런던", "Αθήνα", "München", "تونس", "القاهرة"),
    *("Tijuana", "東京", "Paris", "Paris, Texas", "Birmingham Alabama", "San José", "Crawley"),
    *("Vordernberg", "Brook House", "France", "san", "sa", "lond", "Londn", "Muncih", "qqqqqqq"),
)
SPOTS = {
    "London": (51.51, -0.13),
    "Lyon": (45.75, 4.85),
    "Tunis": (36.82, 10.17),
    "Suva": (-18.14, 178.44),
    "the Pacific": (-40.0, -130.0),
    "the pole": (89.0, 0.0),
}


def milliseconds(
    ask: Callable[[Any], object], about: Iterable[Any], rounds: int
) -> dict[str, Any]:
    """The middle and the 95th percentile of all askings, each thing asked in turn."""
    about = list(about)
    taken = []
    for _ in range(rounds):
        for one in about:
            began = time.perf_counter()
            ask(one)
            taken.append(1000 * (time.perf_counter() - began))
    percentiles = statistics.quantiles(taken, n=20)
    return {"p50_ms": round(statistics.median(taken), 1), "p95_ms": round(percentiles[-1], 1)}


def add_listings(number: int, start: int) -> None:
    """Listings over the towns of the world, the same ones every time."""
    from directory.models import Country, GazetteerPlace, Listing
    from network.tenancy import Purpose, acting, system

    chance = random.Random(start)  # noqa: S311 - rows of a proof, no secrets
    towns = list(GazetteerPlace.objects.order_by("pk"))
    countries = {country.iso2: country for country in Country.objects.all()}
    chosen = chance.choices(towns, [town.population for town in towns], k=number)
    rows = []
    for count, town in enumerate(chosen, start):
        point = (town.latitude, town.longitude)
        is_coarse = chance.random() < 0.5
        if is_coarse:
            point = tuple(round(degrees + chance.gauss(0, 0.3), 1) for degrees in point)
        rows.append(
            Listing(
                slug=f"visitors-{count:06}",
                name=f"Visitors {count}",
                claim="unclaimed",
                country=countries.get(town.country, countries["FR"]),
                locality=town.name[:120],
                latitude=max(-90, min(90, point[0])),
                longitude=(point[1] + 540) % 360 - 180,
                precision="grid" if is_coarse else "locality",
                descriptions={"en": "Visits every week. " * 20},
                search_text=f"visitors {count} {town.name}",
            )
        )
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.bulk_create(rows, batch_size=1000)


def peak_mib() -> float:
    """The most that this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MIB


def measure_here() -> None:
    """In the child: load, strew, ask; the figures as JSON."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    django.setup()
    from django.db import connection

    from directory.actions.gazetteer import load_gazetteer
    from directory.actions.sample import load_sample
    from directory.models import Listing
    from directory.queries.near import listings_near
    from directory.queries.places import places_named
    from directory.queries.places_nearest import places_nearest
    from directory.queries.points import Point
    from network.tenancy import Purpose, system

    actor = system(Purpose.IMPORT)
    load_sample(actor)
    before, began = peak_mib(), time.monotonic()
    loaded = load_gazetteer(actor)
    figures: dict[str, Any] = {
        "database": connection.vendor,
        "load_s": round(time.monotonic() - began, 1),
        "load_above_before_mib": round(peak_mib() - before, 1),
        "towns": loaded.places,
        "names": loaded.names,
    }
    points = [Point(*spot) for spot in SPOTS.values()]
    there = Listing.objects.count()
    for size in SIZES:
        add_listings(size - there, there)
        there = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        began = time.perf_counter()
        places_named("Lyon")
        first = 1000 * (time.perf_counter() - began)
        figures[f"{size} listings"] = {
            "places_named, first after a change": {"ms": round(first, 1)},
            "places_named": milliseconds(places_named, NAMES, 8),
            "listings_near, 50 km": milliseconds(
                lambda point: listings_near(Listing.objects.all(), point, 50), points, 8
            ),
            "listings_near, however far": milliseconds(
                lambda point: listings_near(Listing.objects.all(), point, None), points, 8
            ),
        }
    spots = Listing.objects.order_by("slug").values_list("latitude", "longitude")
    spots = spots.filter(latitude__isnull=False)
    clusters = [
        [Point(*spot) for spot in spots[start : start + 100]] for start in range(0, 10_000, 500)
    ]
    began = time.perf_counter()
    places_nearest(clusters[0], "en")
    figures["places_nearest, first"] = {"ms": round(1000 * (time.perf_counter() - began), 1)}
    figures["places_nearest, 100 points"] = milliseconds(
        lambda points: places_nearest(points, "ar"), clusters, 5
    )
    print(json.dumps(figures))


def measure(data: Path, databases: dict[str, str]) -> dict[str, Any]:
    """Make the tables and measure in a process of its own."""
    environment = {**os.environ, "DATA_DIR": str(data), **databases}
    manage = [sys.executable, "manage.py"]
    commands = [[*manage, "migrate", "-v0"]]
    if databases:
        commands = [[*commands[0], "--database", "owner"], [*manage, "prepare_database"]]
    for command in commands:
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    child = [sys.executable, "-m", "tests.benchmarks.near_speed", "here"]
    done = subprocess.run(
        child, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


def main() -> int:
    """Measure and keep the result; 0 where everything is quick enough."""
    with own_database("near_speed") as databases, tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), databases)
    largest = figures[f"{SIZES[-1]} listings"]
    near = [largest["listings_near, 50 km"], largest["listings_near, however far"]]
    bars = {
        f"towns loaded in {LOAD_SECONDS} s": figures["load_s"] < LOAD_SECONDS,
        f"places by name, p95 under {NAMED_MS} ms": largest["places_named"]["p95_ms"] < NAMED_MS,
        f"near among 100,000, p95 under {NEAR_MS} ms": all(
            one["p95_ms"] < NEAR_MS for one in near
        ),
        f"names of 100 clusters, p50 under {NEAREST_MS} ms": (
            figures["places_nearest, 100 points"]["p50_ms"] < NEAREST_MS
        ),
    }
    name = "near_speed" if figures["database"] == "sqlite" else "near_speed_postgresql"
    return 0 if keep(name, figures, bars) else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        measure_here()
    else:
        sys.exit(main())
