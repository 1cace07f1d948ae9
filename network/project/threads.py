"""Threads for requests, kept from one to the next."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

Application = Callable[..., Awaitable[None]]
# More than that are ended when they have nothing to do.
MOST_IDLE = 16


class PooledThreads:
    """An ASGI application whose synchronous part runs in one of a few threads that stay.

    Django takes a new thread for each request, and with it a new connection to an SQLite
    database, which costs more than many an answer. Here each request has a thread of its own for
    as long as it lasts, and the next takes it over with its connection. There are as many as
    there were requests at once.
    """

    def __init__(self, application: Application) -> None:
        """Stand around an application."""
        self._application = application
        self._idle: deque[Executor] = deque()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer in a thread that is idle, or in a new one."""
        executor = self._idle.pop() if self._idle else ThreadPoolExecutor(max_workers=1)
        try:
            async with ThreadSensitiveContext(executor=executor):
                await self._application(scope, receive, send)
        except BaseException:
            self._put_back_when_done(executor)
            raise
        self._put_back(executor)

    def _put_back(self, executor: Executor) -> None:
        if len(self._idle) < MOST_IDLE:
            self._idle.append(executor)
        else:
            executor.shutdown(wait=False)

    def _put_back_when_done(self, executor: Executor) -> None:
        """Put a thread back once it has ended what a cancelled request left it with.

        Whoever took it before would wait for that.
        """
        loop = asyncio.get_running_loop()
        done = executor.submit(lambda: None)
        done.add_done_callback(lambda _: _soon(loop, self._put_back, executor))


def _soon(
    loop: asyncio.AbstractEventLoop, put_back: Callable[[Executor], None], one: Executor
) -> None:
    """Put back in the loop; one that has ended needs no threads any more."""
    if loop.is_closed():
        one.shutdown(wait=False)
    else:
        loop.call_soon_threadsafe(put_back, one)
