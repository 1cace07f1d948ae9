"""How long a stranger waits: `make run` in a new clone, the first time and the second.

The environment holds nothing but a path, so that only git, make and Python are there to help.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks._result import ROOT, keep
from tests.journeys.site import free_port

FIRST_SECONDS = 180
SECOND_SECONDS = 10


def seconds_until_home(clone: Path, port: int, limit: float) -> float:
    """From `make run` to the home page with the sample data in it; then Ctrl-C."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(clone),
        "PORT": str(port),
        "LANG": "C.UTF-8",
    }
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.monotonic() - began < limit:
            if _home_is_there(port):
                return time.monotonic() - began
            if process.poll() is not None:
                raise RuntimeError(f"make run ended with {process.returncode}")
            time.sleep(0.05)
        raise RuntimeError(f"no home page within {limit} seconds")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def _home_is_there(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        return answer.status == 200 and b"158" in answer.read()
    except OSError:
        return False


def main() -> int:
    """Measure both starts; 0 where both are quick enough."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = free_port()
        first = seconds_until_home(clone, port, 2 * FIRST_SECONDS)
        second = seconds_until_home(clone, port, 6 * SECOND_SECONDS)
    figures = {"first_start_s": round(first, 1), "second_start_s": round(second, 1)}
    bars = {
        "first start under 180 s": first < FIRST_SECONDS,
        "second start under 10 s": second < SECOND_SECONDS,
    }
    return 0 if keep("first_start", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
