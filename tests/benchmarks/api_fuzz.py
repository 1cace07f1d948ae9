"""The served API under 20,000 cases made from its document.

Each answer is held against the document: its status, media type, headers and every field; what is
not well formed must be refused, and no method but those of the document answered. The site is the
sample data behind the product's own server, asked over a socket.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks._many import make_folder
from tests.benchmarks._result import keep
from tests.benchmarks._rounds import product
from tests.journeys.site import Site

CASES, AT_LEAST = 800, 20_000
# The server takes lines of 16 KiB and drops the connection of whoever sends a longer one.
LONGEST = 16_000


def asked(port: int) -> tuple[dict[str, Counter[int]], dict[str, str]]:
    """How often each operation answered with each status, and what was not as documented."""
    from tests.api import fuzzing

    facilities = (*slugs(port, "facilities"), "nothing")
    listed, organizations = ids(port, "services"), ids(port, "organizations")
    fuzzing.ROWS |= {
        "getProgram": (*slugs(port, "programs"), "nothing"),
        "getFacility": facilities,
        "getFacilityAccess": facilities,
        "getHsdsService": listed,
        "getHsdsServiceAtLocation": listed,
        "getHsdsOrganization": organizations,
    }
    address = f"http://localhost:{port}"
    met: dict[str, Counter[int]] = {}
    faults: dict[str, str] = {}
    for name, operation in fuzzing.operations(cases=CASES).items():
        met[name] = Counter()
        try:
            fuzzing.play(operation, met[name], longest=LONGEST, base_url=address)
        except Exception as error:  # noqa: BLE001 - whatever it was belongs into the result
            faults[name] = str(error)
    return met, faults


def slugs(port: int, name: str) -> list[str]:
    """A few slugs of a list."""
    site = Site(port, Path(), {}, None, Path())
    page = json.loads(site.get(f"/api/v1/{name}/?page_size=5").body)
    return [row["slug"] for row in page["results"]]


def ids(port: int, name: str) -> tuple[str, ...]:
    """A few ids of a list of HSDS."""
    site = Site(port, Path(), {}, None, Path())
    page = json.loads(site.get(f"/hsds/{name}?per_page=5").body)
    return tuple(row["id"] for row in page["contents"])


def statuses_of(operation_id: str) -> set[int]:
    """The statuses that the document names."""
    from api.v1.document import document

    (responses,) = (
        operation["responses"]
        for methods in document()["paths"].values()
        for operation in methods.values()
        if operation["operationId"] == operation_id
    )
    return {int(status) for status in responses}


def result(met: dict[str, Counter[int]], faults: dict[str, str], seconds: float) -> dict[str, Any]:
    """The figures to keep."""
    return {
        "cases": sum(one.total() for one in met.values()),
        "seconds": round(seconds),
        "statuses": {name: dict(sorted(one.items())) for name, one in met.items()},
        "not_as_documented": faults,
    }


def main() -> int:
    """Ask; 0 where every bar is reached."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "network.project.settings"}
        import django

        django.setup()
        with product(make_folder(Path(folder) / "sample", 0)) as (port, _pid):
            began = time.monotonic()
            met, faults = asked(port)
            figures = result(met, faults, time.monotonic() - began)
    bars = {
        "at least 20,000 cases": figures["cases"] >= AT_LEAST,
        "no server error": all(status < 500 for one in met.values() for status in one),
        "no status that the document does not name": all(
            set(one) <= statuses_of(name) | {405} for name, one in met.items()
        ),
        "every answer as the document says": not faults,
    }
    return 0 if keep("api_fuzz", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
