"""A served site that is killed and started again on the same port, as an operator's system does.

`Killed` is the process of `manage.py serve`; what it needs to start stands in its variables.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks._result import ROOT
from tests.journeys.site import free_port

START_SECONDS, STEP = 120, 0.05
_ERROR = re.compile(r"[a-z_.]*[A-Z]\w+(Error|Timeout)\b")


class Killed:
    """A site on one port: killed without warning, started again, and how long each start took."""

    def __init__(
        self,
        variables: Mapping[str, str],
        command: Sequence[str] = ("manage.py", "serve", "--port"),
    ) -> None:
        """Not started yet; the variables name its `DATA_DIR` and, if it has one, its database.

        The port follows on the command.
        """
        self.port, self._command = free_port(), command
        alone = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
        self._environment = {**os.environ, **alone, **variables, "PORT": str(self.port)}
        self._log = Path(variables["DATA_DIR"]).with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0
        self.starts: list[float] = []

    def start(self) -> None:
        """Start it; return when it answers its first request, whatever it needed to mend."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command, str(self.port)],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"the site did not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(STEP)
        self.starts.append(time.monotonic() - began)

    def kill(self) -> None:
        """`kill -9`: nothing is tidied up, nothing is said to anybody."""
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"the site ended by itself:\n{self._log.read_text()[-2000:]}")
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.kills += 1

    @property
    def pid(self) -> int:
        """Of the process that serves now."""
        if self._process is None:
            raise RuntimeError("it was not started")
        return self._process.pid

    def end(self) -> None:
        """End it in good order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    def errors(self) -> dict[str, int]:
        """What the site wrote down as having gone wrong, by the last line of each traceback."""
        lines = self._log.read_text(errors="replace").splitlines()
        told = [line.strip()[:120] for line in lines if _ERROR.match(line)]
        return dict(Counter(told).most_common(10))

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
