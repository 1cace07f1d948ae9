"""The unfiltered map: at most twice the CPU of an empty page, and no dearer at 100,000 listings.

Three servers in one run, asked in turn: a Django with nothing in it, the product with 1,000
listings and with 100,000. CPU is what the kernel counts for each process.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._many import make_folder
from tests.benchmarks._result import keep
from tests.benchmarks._rounds import Target, bare, play, product
from tests.journeys.site import Site

FEW, MANY = 1_000, 100_000
ROUNDS, REQUESTS = 9, 1_000
MAP = "/api/v1/map/?bbox=-180,-85,180,85&zoom=1"
PACKED = {"Accept-Encoding": "gzip"}
FAR_BYTES, CLOSE_BYTES, MOST = 1536, 5120, 100


def weights(port: int) -> dict[str, int]:
    """The heaviest answers at every zoom over a grid of views: bytes compressed, and features."""
    site = Site(port, Path(), {}, None, Path())
    found = {"far_bytes": 0, "close_bytes": 0, "features": 0, "views": 0}
    for zoom in range(13):
        span = max(360 / 2**zoom * 2, 0.5)
        for west in range(-180, 180, 40):
            for south in range(-60, 80, 20):
                box = (west, south, min(west + span, 180), min(south + span / 2, 85))
                for layer in ("programs", "facilities"):
                    path = f"/api/v1/map/?bbox={','.join(map(str, box))}&zoom={zoom}&layer={layer}"
                    answer = site.get(path, PACKED)
                    assert answer.status == 200, path
                    size = "far_bytes" if zoom <= 5 else "close_bytes"
                    features = json.loads(gzip.decompress(answer.body))["features"]
                    found[size] = max(found[size], len(answer.body))
                    found["features"] = max(found["features"], len(features))
                    found["views"] += 1
    return found


def main() -> int:
    """Measure; 0 where every bar is reached."""
    with tempfile.TemporaryDirectory() as folder:
        few = make_folder(Path(folder) / "few", FEW)
        many = make_folder(Path(folder) / "many", MANY)
        with bare() as empty, product(few) as small, product(many) as large:
            targets = [
                Target("bare", *empty, "/bare/"),
                Target("map_1000", *small, MAP, PACKED),
                Target("map_100000", *large, MAP, PACKED),
            ]
            play(targets, rounds=ROUNDS, requests=REQUESTS)
            heaviest = {"sample": weights(small[0]), "many": weights(large[0])}
    empty_page, map_few, map_many = (target.median for target in targets)
    figures = {
        "cpu_ms_a_request": {target.name: round(target.median, 3) for target in targets},
        "rounds": {
            target.name: [round(ms, 3) for ms in target.milliseconds] for target in targets
        },
        "to_bare": round(map_many / empty_page, 2),
        "many_to_few": round(map_many / map_few, 2),
        "heaviest": heaviest,
    }
    far = max(one["far_bytes"] for one in heaviest.values())
    close = max(one["close_bytes"] for one in heaviest.values())
    bars = {
        "at most 2.0 of a bare view": map_many <= 2.0 * empty_page,
        "at most 1.3 of 1,000 listings": map_many <= 1.3 * map_few,
        "at most 1.5 KiB compressed at zooms 0 to 5": far <= FAR_BYTES,
        "at most 5 KiB compressed elsewhere": close <= CLOSE_BYTES,
        "at most 100 features": max(one["features"] for one in heaviest.values()) <= MOST,
    }
    return 0 if keep("map_speed", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
