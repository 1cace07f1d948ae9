"""One serving process for each data directory, where hints cannot leave the process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):  # noqa: N818 - a state, not a fault
    """Another process serves from this data directory."""


@contextmanager
def only_server(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's serving lock; it ends with the process, however that ends.

    Raises:
        AlreadyServed: another process holds it.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(str(data_dir)) from None
        yield
