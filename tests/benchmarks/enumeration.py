"""Whether a stranger can tell who has an account: by what is answered, or by how long it takes.

Pairs of tries with a wrong password, and pairs of wishes for a new one: one of each pair for an
account that is there, one for none, in an order that chance decides. A wish is looked into at a
random moment later, so that its work falls on any other try. What a stranger could learn from work
in the background is told as well: how long the very next request takes, which is the page after a
sign-in, and another wish, which writes, after a wish. SIGN_IN_TRIES is raised for the measurement;
the wishes go to as many addresses as the limit of five for each wants.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks._result import ROOT, SHORT, keep
from tests.benchmarks._two_samples import compared
from tests.journeys.site import own_database, running

PAIRS = 20 if SHORT else 400
WISHES_EACH = 5
WARM = 10
TRIES = "1000"
SEED = 23
TOKEN = "A" * 32
# There, and not there: as long as each other, since the page with the form repeats them.
HERE, GONE = "somebody-here-{:03}@example.org", "somebody-gone-{:03}@example.org"
NEXT = {"email": "somebody-else@example.org"}
SIGN_IN, FORGOT = "/account/sign-in/", "/account/forgot/"
LARGEST_PERCENT, SMALLEST_P = 2.0, 0.01
SILENT = f"medians less than {LARGEST_PERCENT} % apart, or both p over {SMALLEST_P}"
NEXT_ONE = "the next request after each"
OTHER_EACH_TIME = ("date", "set-cookie")
_TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def make_people() -> None:
    """In the child: the accounts that are there; the first has a password."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    django.setup()
    from network.actions.accounts import create_person
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as actor:
        for number in range(PAIRS // WISHES_EACH):
            password = None if number else "seven grey herons at noon"
            create_person(
                actor, email=HERE.format(number), display_name="Somebody", password=password
            )


class Stranger:
    """Somebody with a connection for each request, and a form's token of their own."""

    def __init__(self, port: int) -> None:
        """At a port of this machine."""
        self.port = port

    def ask(self, path: str, values: dict[str, str] | None = None) -> tuple[float, Any]:
        """How many milliseconds the answer took, and all that can be told of it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.connect()
        headers = {"Host": f"localhost:{self.port}", "Cookie": f"form={TOKEN}"}
        body = None
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**values, "csrfmiddlewaretoken": TOKEN})
        began = time.perf_counter()
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        taken = (time.perf_counter() - began) * 1000
        connection.close()
        return taken, told(answer, content, (values or {}).get("email", ""))


def told(answer: http.client.HTTPResponse, content: bytes, address: str) -> tuple[Any, ...]:
    """Status, length, headers, cookies without their values, and the body without what differs."""
    headers = [
        (name.lower(), value)
        for name, value in answer.getheaders()
        if name.lower() not in OTHER_EACH_TIME
    ]
    cookies = [
        re.sub("=[^;]*", "", value.split(";")[0])
        for name, value in answer.getheaders()
        if name.lower() == "set-cookie"
    ]
    body = _TOKENS.sub("", content.decode()).replace(address or "\0", "ADDRESS")
    return answer.status, len(content), tuple(headers), tuple(cookies), body


def pairs(
    stranger: Stranger,
    path: str,
    values: Callable[[str, int], dict[str, str]],
    follow: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Try all pairs at one address; what was told, how long it took, and the next request."""
    chance = random.Random(SEED)  # noqa: S311 - the same order each time, not a secret
    times: dict[str, list[float]] = {HERE: [], GONE: []}
    afterwards: dict[str, list[float]] = {HERE: [], GONE: []}
    answers: dict[str, set[Any]] = {HERE: set(), GONE: set()}
    for _round in range(WARM):
        stranger.ask(path)
    for number in range(PAIRS):
        for kind in chance.sample((HERE, GONE), 2):
            taken, answer = stranger.ask(path, values(kind, number))
            afterwards[kind].append(stranger.ask(path, follow)[0])
            times[kind].append(taken)
            answers[kind].add(answer)
    some = next(iter(answers[HERE]))
    return {
        "identical": answers[HERE] == answers[GONE] and len(answers[HERE]) == 1,
        "different answers": [len(answers[HERE]), len(answers[GONE])],
        "status": some[0],
        "bytes": some[1],
        "headers": [name for name, _value in some[2]],
        "there and not there": compared(times[HERE], times[GONE]),
        NEXT_ONE: compared(afterwards[HERE], afterwards[GONE]),
    }


def is_silent(figures: dict[str, Any]) -> bool:
    """Whether times tell nothing: hardly any difference, or one that chance explains."""
    p = min(figures["mann_whitney_p"], figures["permutation_p"])
    return figures["difference_of_medians_percent"] < LARGEST_PERCENT or p > SMALLEST_P


def sign_in_of(kind: str, number: int) -> dict[str, str]:
    """A wrong password, another one each time."""
    return {"email": kind.format(0), "password": f"wrong {number:03} password", "device": ""}


def wish_of(kind: str, number: int) -> dict[str, str]:
    """A wish for a new password, five for each address."""
    return {"email": kind.format(number // WISHES_EACH)}


def measure(databases: dict[str, str]) -> dict[str, Any]:
    """Serve, make the accounts, and try."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "var"
        with running(folder, SIGN_IN_TRIES=TRIES, **databases) as site:
            command = [sys.executable, "-m", "tests.benchmarks.enumeration", "people"]
            subprocess.run(command, cwd=ROOT, env=site.environment, check=True)
            stranger = Stranger(site.port)
            return {
                "pairs": PAIRS,
                "sign-in": pairs(stranger, SIGN_IN, sign_in_of),
                "forgotten password": pairs(stranger, FORGOT, wish_of, NEXT),
                "other load": f"{os.getloadavg()[0]:.1f} at the end, 1 minute",
            }


def main() -> int:
    """Measure; 0 where every bar is reached."""
    began = time.monotonic()
    with own_database("enumeration") as databases:
        figures = measure(databases)
        figures["database"] = "postgresql" if databases else "sqlite"
    figures["seconds"] = round(time.monotonic() - began)
    bars = {}
    for name in ("sign-in", "forgotten password"):
        told_of = figures[name]
        bars[f"{name}: the same status, length, headers and text"] = told_of["identical"]
        for part in ("there and not there", NEXT_ONE):
            bars[f"{name}, {part}: {SILENT}"] = is_silent(told_of[part])
    return 0 if keep("enumeration", figures, bars) else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make_people()
    else:
        sys.exit(main())
