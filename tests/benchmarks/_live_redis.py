"""A Redis of a proof's own, which is killed and comes back empty on the same port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks._services import MissingTool
from tests.journeys.site import free_port

START_SECONDS = 30


class OwnRedis:
    """It keeps nothing on the disk."""

    def __init__(self, program: str, folder: Path) -> None:
        """Not started yet."""
        self._program, self._folder, self.port = program, folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """How a site is told of it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it; return when it takes connections."""
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self._process = subprocess.Popen(
            [self._program, *options, "--dir", str(self._folder)], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("Redis did not start")

    def kill(self) -> None:
        """`kill -9`, and wait until it is gone."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    """A started Redis of this proof alone; killed afterwards.

    Raises:
        MissingTool: Redis is not installed.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise MissingTool("Redis", "redis-server")
    with tempfile.TemporaryDirectory() as folder:
        made = OwnRedis(program, Path(folder))
        made.start()
        try:
            yield made
        finally:
            made.kill()
