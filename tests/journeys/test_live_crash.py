"""A site that is killed while people talk over sockets: everybody shows all, once, in order.

The same at length, with two workers, Redis and a database that go away, and beside a chat as
tutorials build it: `python -m tests.benchmarks live_crash`.
"""

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks._killed import Killed
from tests.benchmarks._live_faults import Faults, judged, talk
from tests.benchmarks.live_crash import LIMITS, the_clients
from tests.journeys.prepared import loaded_copy
from tests.journeys.site import ROOT

WRITERS, GROUPS, TALKS, EACH = 4, 2, 2, 15
BETWEEN_KILLS = (15, 25)
# However slow the machine is; what must be so is that they agree, not how soon.
AGREED_SECONDS = 90


def told(variables, *arguments):
    command = [sys.executable, "-m", "tests.benchmarks._talks", *arguments]
    answer = subprocess.run(
        command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout.splitlines()[-1])


def test_killed_in_the_middle_of_a_talk_nothing_is_lost_or_doubled(tmp_path_factory):
    with loaded_copy(tmp_path_factory, "live_killed") as variables:
        made = told(variables, "make", str(WRITERS), str(GROUPS), str(TALKS))
        site = Killed({**variables, **LIMITS})
        site.start()
        try:
            clients = the_clients(made, [site.port])
            faults = Faults([site], 1, BETWEEN_KILLS)
            # A browser of another test has a loop in this thread.
            with ThreadPoolExecutor(1) as aside:
                talked = talk(clients, faults, EACH, AGREED_SECONDS)
                run = aside.submit(asyncio.run, talked).result()
            look = told(variables, "look")
        finally:
            site.end()
    wrong = judged(run, look, WRITERS * EACH)
    assert site.kills >= 2
    assert sum(len(log.shown) for one in clients for log in one.logs.values()) > WRITERS * EACH
    assert not any(wrong.values()), (wrong, run.errors, [one.codes for one in clients])
