"""`wrk` as the load: so many connections for so long over a file of paths, and its own CPU."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks._services import MissingTool

SPARE_SECONDS = 30
# Each thread of each load begins elsewhere in the file, and goes round it.
_SCRIPT = """
local paths, at = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = wrk.format(nil, line) end
  at = tonumber(arguments[2])
end
function request()
  at = at % #paths + 1
  return paths[at]
end
function done(summary, latency)
  local bad = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %f, "errors": %d, "p50_ms": %f, "p99_ms": %f}',
    summary.requests, summary.duration / 1e6,
    bad.connect + bad.read + bad.write + bad.status + bad.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@dataclass(frozen=True)
class Load:
    """What all servers together answered, and what making the requests took."""

    a_second: float
    errors: int
    p50_ms: float
    p99_ms: float
    own_cores: float


def wrk() -> str:
    """The program.

    Raises:
        MissingTool: it is not installed.
    """
    found = shutil.which("wrk")
    if found is None:
        raise MissingTool("wrk", "wrk")
    return found


def load(ports: Sequence[int], paths: Sequence[str], *, connections: int, seconds: int) -> Load:
    """Ask all ports at once, with so many connections shared out among them."""
    with tempfile.TemporaryDirectory() as folder:
        script, list_of_paths = Path(folder) / "paths.lua", Path(folder) / "paths.txt"
        script.write_text(_SCRIPT)
        list_of_paths.write_text("\n".join(paths) + "\n")
        share, began, before = connections // len(ports), time.monotonic(), os.times()
        command = [wrk(), "-t1", f"-c{share}", f"-d{seconds}s", "--timeout", "20s"]
        started = [
            subprocess.Popen(
                [
                    *command,
                    *("-s", str(script), f"http://127.0.0.1:{port}", "--", str(list_of_paths)),
                    str(len(paths) * number // len(ports)),
                ],
                stdout=subprocess.PIPE,
                text=True,
            )
            for number, port in enumerate(ports)
        ]
        said = [one.communicate(timeout=seconds + SPARE_SECONDS)[0] for one in started]
        took, after = time.monotonic() - began, os.times()
    found = [json.loads(text.split("RESULT ", 1)[1]) for text in said]
    own = after.children_user + after.children_system
    own -= before.children_user + before.children_system
    return Load(
        a_second=sum(one["requests"] / one["seconds"] for one in found),
        errors=sum(one["errors"] for one in found),
        p50_ms=max(one["p50_ms"] for one in found),
        p99_ms=max(one["p99_ms"] for one in found),
        own_cores=own / took,
    )
