"""One serving process for each data directory, where hints cannot leave the process.

And none at all while a backup is restored into it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):  # noqa: N818 - a state, not a fault
    """Another process serves from this data directory."""


class BeingRestored(Exception):  # noqa: N818 - a state, not a fault
    """A backup is being restored into this data directory."""


class _HeldByOther(Exception):  # noqa: N818 - a state, not a fault
    pass


@contextmanager
def only_server(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's serving lock; it ends with the process, however that ends.

    Raises:
        AlreadyServed: another process holds it.
    """
    try:
        with _held(data_dir / "serve.lock", fcntl.LOCK_EX):
            yield
    except _HeldByOther:
        raise AlreadyServed(str(data_dir)) from None


@contextmanager
def at_work(data_dir: Path) -> Iterator[None]:
    """Say that this process serves or works from a data directory, beside others that do.

    Raises:
        BeingRestored: a backup is being restored into it.
    """
    try:
        with _held(data_dir / "running.lock", fcntl.LOCK_SH):
            yield
    except _HeldByOther:
        raise BeingRestored(str(data_dir)) from None


@contextmanager
def nobody_else(data_dir: Path) -> Iterator[None]:
    """Hold a data directory alone: nobody serves or works from it.

    Raises:
        AlreadyServed: somebody does, or another restores into it.
    """
    try:
        with _held(data_dir / "running.lock", fcntl.LOCK_EX):
            yield
    except _HeldByOther:
        raise AlreadyServed(str(data_dir)) from None


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _HeldByOther from None
        yield
