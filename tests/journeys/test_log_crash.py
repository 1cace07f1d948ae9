"""A site that is killed while people write: every message that was acknowledged is there, once.

The same at length, and with a database that stops: `python -m tests.benchmarks log_crash`.
"""

import json
import subprocess
import sys

from tests.benchmarks._killed import Killed
from tests.benchmarks.log_crash import LIMITS, correspond, disturb, finish, judged
from tests.journeys.prepared import loaded_copy
from tests.journeys.site import ROOT

WRITERS, GROUPS, TALKS, MESSAGES = 4, 2, 2, 60


def told(variables, *arguments):
    command = [sys.executable, "-m", "tests.benchmarks._talks", *arguments]
    answer = subprocess.run(
        command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout.splitlines()[-1])


def test_killed_in_the_middle_of_writing_nothing_is_lost_or_doubled(tmp_path_factory):
    with loaded_copy(tmp_path_factory, "killed") as variables:
        made = told(variables, "make", str(WRITERS), str(GROUPS), str(TALKS))
        site = Killed({**variables, **LIMITS})
        site.start()
        try:
            writers, readers = correspond(site.port, made, MESSAGES)
            disturb(site, writers, MESSAGES, (15, 25))
            look = told(variables, "look")
            finish(readers, look)
        finally:
            site.end()
    talks = {key: look[key] for key in made["readers"]}
    assert site.kills >= 2
    assert sum(one["last_seq"] for one in talks.values()) > MESSAGES
    wrong = judged(writers, readers, talks, MESSAGES)
    assert not any(wrong.values()), (wrong, [one.error for one in (*writers, *readers)])
