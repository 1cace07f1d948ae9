"""Threads for questions to the database that no request asks: a few, which stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")
# Seconds until a task that goes on is told to end once more.
AGAIN = 0.2


class Runner(Protocol):
    """Runs what waits for the database, and not in the loop."""

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives."""


class Threads:
    """So many threads, each with a connection of its own for as long as it needs one.

    A connection of a pool goes back to it after each question, one to SQLite stays. One that is
    broken is closed, and the next question opens another.
    """

    def __init__(self, size: int, name: str) -> None:
        """As many threads, named so."""
        self._pool = ThreadPoolExecutor(size, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives, called in one of the threads."""

        def called() -> T:
            close_old_connections()
            try:
                return function(*args, **kwargs)
            finally:
                close_old_connections()

        return await asyncio.get_running_loop().run_in_executor(self._pool, called)


async def ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended.

    Once is not always enough: what arrives at the moment of an answer can be lost with it, in
    `asyncio.wait_for` before Python 3.12 and in `asgiref.sync.sync_to_async`.
    """
    told = rest = set(tasks)
    while rest:
        for one in rest:
            one.cancel()
        _done, rest = await asyncio.wait(rest, timeout=AGAIN)
    await asyncio.gather(*told, return_exceptions=True)
