"""How long a ranked question takes with 1,000, 10,000 and 100,000 listings.

One question is what a page asks: how many listings hold its words, and the best 200 of them. Each
database is measured in a process of its own; PostgreSQL where DATABASE_URL and DATABASE_OWNER_URL
are given, in a database that is made for it and dropped again.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.benchmarks._result import ROOT, keep
from tests.journeys.site import own_database

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
BAR_MS = 50
BAR_SIZE = 10_000
# Names, towns, countries, languages, services; whole, begun, in part, misspelled; in one script
# and in several; what is everywhere and what is nowhere.
QUESTIONS = """
gatwick
gatwick detainees welfare
visitors
detention
detention visitors
immigration detention centre
red cross
cruz roja
croix rouge française
jrs
caritas
jesuit refugee service
amnesty
friends
friends without borders
united kingdom
reino unido
france
japan
deutschland
السعودية
لبنان
visits france
detention united states
legal help germany
arabic
árabe
español
japanese tokyo
haft
abschiebehaft
abschiebehaft hof
gefangnis
gefängnisbesuche zürich
bezoekgroep zeist
förvaret märsta
besøksordning trandum
médicos do mundo
volontariato cpr
centre de retention
rétention toulouse
cie aluche
grup de visites
ośrodków strzeżonych
padinska skela
български червен кръст
помощ
入管面会
面会
東京
外国人労働者
난민인권센터
화성 면회
كاريتاس
مركز الأمن العام
สถานกักตัว
台灣人權
visiters
detenton
gatwik
befriendng
immigraton detenion
de
la
a
in
nowherehere
zzzz qqqq
one two three four five six seven eight nine
prison letters phone
hotline
"""


def ask(question: str) -> int:
    """Count and rank, as a page does; how many were found."""
    from directory.models import Listing
    from directory.queries.search import by_relevance, listings_with

    found = Listing.objects.filter(listings_with(question))
    total = found.count()
    list(by_relevance(found, question)[:200])
    return total


def measure_here() -> None:
    """In the child: fill, ask, and print the figures of each size."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    django.setup()
    from django.db import connections

    from directory.models import ListingWord, WordForm
    from tests.benchmarks._listings import fill

    questions = QUESTIONS.strip().splitlines()
    for size in SIZES:
        began = time.perf_counter()
        fill(size)
        filled = time.perf_counter() - began
        if "owner" in connections:
            # What autovacuum does within a minute; nobody does it for SQLite.
            connections["owner"].cursor().execute("VACUUM ANALYZE")
        taken: dict[str, float] = {}
        found = {question: ask(question) for question in questions}
        for question in questions:
            times = []
            for _round in range(ROUNDS):
                began = time.perf_counter()
                ask(question)
                times.append((time.perf_counter() - began) * 1000)
            taken[question] = statistics.median(times)
        every = list(taken.values())
        slowest = sorted(taken, key=lambda question: -taken[question])[:5]
        figures = {
            "listings": size,
            "words": ListingWord.objects.count(),
            "vocabulary": WordForm.objects.filter(kind=WordForm.Kind.WHOLE).count(),
            "questions": len(questions),
            "without_answer": sum(not number for number in found.values()),
            "p50_ms": round(statistics.median(every), 1),
            "p95_ms": round(statistics.quantiles(every, n=20)[-1], 1),
            "slowest_ms": {one: [round(taken[one], 1), found[one]] for one in slowest},
            "filled_s": round(filled, 1),
        }
        print(json.dumps(figures, ensure_ascii=False), flush=True)


def measure(environment: dict[str, str]) -> list[dict[str, object]]:
    """Measure all sizes in a child with a new database; one set of figures for each."""
    owner = ["--database", "owner"] if "DATABASE_OWNER_URL" in environment else []
    steps = [["migrate", "-v0", *owner]]
    steps += [["prepare_database"]] if owner else []
    for step in steps:
        command = [sys.executable, "manage.py", *step]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    child = [sys.executable, "-m", "tests.benchmarks.search_speed", "here"]
    done = subprocess.run(
        child, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> int:
    """Measure each database, write the result; 0 where the bar is reached on all."""
    figures: dict[str, object] = {}
    bars: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as folder, own_database("search_speed") as addresses:
        plain = {**os.environ, "DATA_DIR": folder}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            plain.pop(name, None)
        environments = {"sqlite": plain}
        if addresses:
            environments["postgresql"] = {**plain, **addresses}
        for database, environment in environments.items():
            found = measure(environment)
            figures[database] = found
            p95 = next(one["p95_ms"] for one in found if one["listings"] == BAR_SIZE)
            bars[f"{database}: p95 under {BAR_MS} ms with {BAR_SIZE:,} listings"] = p95 < BAR_MS
    return 0 if keep("search_speed", figures, bars) else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure_here()
    else:
        sys.exit(main())
