"""Threads for questions to the database that no request asks: a few, which stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


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
