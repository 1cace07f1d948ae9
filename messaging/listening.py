"""Hearing hints in a process that waits for events without a socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from channels.layers import get_channel_layer

from messaging.hints import HUB, SECONDS

# The layer forgets its members; so long one may be deaf.
TICK = 1.0
logger = logging.getLogger(__name__)


class Ear:
    """Wakes whoever waits for a conversation when a hint of it comes.

    One channel of the process, joined for as long as anybody waits. A hint may be lost:
    what it would have told is found by `messaging.watching`.
    """

    def __init__(self) -> None:
        """Nobody waits."""
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, conversation: str) -> Iterator[asyncio.Event]:
        """The event that is set by each hint of a conversation, by the text of its id."""
        heard = asyncio.Event()
        self._waiting.setdefault(conversation, set()).add(heard)
        try:
            yield heard
        finally:
            rest = self._waiting[conversation]
            rest.discard(heard)
            if not rest:
                del self._waiting[conversation]

    def open(self) -> None:
        """Hear from now on; all who wait are woken once, for what was said before."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._hear())

    def awaited(self) -> set[str]:
        """The conversations for which anybody waits."""
        return set(self._waiting)

    async def _hear(self) -> None:
        layer: Any = get_channel_layer()
        if layer is None:
            return
        channel = await layer.new_channel()
        is_in = False
        join_at, now = 0.0, asyncio.get_running_loop().time
        try:
            while self._waiting:
                try:
                    if now() >= join_at:
                        await asyncio.wait_for(layer.group_add(HUB, channel), SECONDS)
                        join_at = now() + TICK
                        if not is_in:
                            is_in = True
                            self.wake(*self._waiting)
                    message = await asyncio.wait_for(layer.receive(channel), TICK)
                except TimeoutError:
                    continue
                except Exception:
                    logger.warning("hints are not heard", exc_info=True)
                    await asyncio.sleep(TICK)
                    continue
                self.wake(message.get("conversation", ""))
        finally:
            with suppress(Exception):
                await asyncio.wait_for(layer.group_discard(HUB, channel), SECONDS)

    def wake(self, *conversations: str) -> None:
        """Wake all who wait for these."""
        for one in conversations:
            for heard in self._waiting.get(one, ()):
                heard.set()
