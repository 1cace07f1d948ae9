"""The layer between processes, heard with one channel and spoken to without ever being waited for.

It may be gone, slow, or forget its members. What it loses is found by comparing heads.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from channels.layers import get_channel_layer

from messaging import hints
from messaging.hints import HUB, SECONDS
from messaging.threads import ended

Message = dict[str, Any]
# A layer that takes nothing holds up so many messages; what comes beyond it is lost.
MOST = 1000
TICK = 1.0
logger = logging.getLogger(__name__)


class Wire:
    """Hears what is sent to the group of hubs, and passes on what this process has to say."""

    def __init__(self, hear: Callable[[Message], None], heal: Callable[[], None]) -> None:
        """Hear with `hear`; `heal` is called when the layer is heard after it was not."""
        self._hear, self._heal = hear, heal
        self._name = uuid4().hex
        self._loop: asyncio.AbstractEventLoop | None = None
        self._out: asyncio.Queue[Message] = asyncio.Queue(MOST)
        self._tasks: list[asyncio.Task[None]] = []
        self._heard_at = 0.0
        self._has_failed = False

    @property
    def is_well(self) -> bool:
        """Whether what this process said came back to it just now."""
        loop = self._loop
        return loop is not None and loop.time() - self._heard_at < 3 * TICK

    def open(self) -> None:
        """Hear from now on; hints of this process go this way."""
        self._loop = asyncio.get_running_loop()
        self._out = asyncio.Queue(MOST)
        self._heard_at = self._loop.time() - 3 * TICK
        make = self._loop.create_task
        self._tasks = [make(self._receive()), make(self._send())]
        hints.pass_by(self.give)

    async def close(self) -> None:
        """Hear no more."""
        hints.pass_by(None)
        tasks, self._tasks = self._tasks, []
        await ended(tasks)

    def give(self, message: Message, *, is_minor: bool = False) -> bool:
        """Pass a message on, from any thread; whether it was taken.

        Whoever is in this process hears it at once, layer or not. A minor one leaves half of the
        room to others: thousands of devices that come back hold up no hint of rights.
        """
        loop = self._loop
        if loop is None or loop.is_closed():
            return False
        try:
            loop.call_soon_threadsafe(self._give, message, is_minor)
        except RuntimeError:
            # Closed between the two.
            return False
        return True

    def _give(self, message: Message, is_minor: bool = False) -> None:
        self._hear(message)
        if is_minor and self._out.qsize() >= MOST // 2:
            return
        with suppress(asyncio.QueueFull):
            self._out.put_nowait({**message, "from": self._name})

    async def _send(self) -> None:
        layer: Any = get_channel_layer()
        while layer is not None:
            message = await self._out.get()
            try:
                await asyncio.wait_for(layer.group_send(HUB, message), SECONDS)
            except Exception:  # noqa: BLE001 - written down in `_fail`
                self._fail("hints are not passed on")

    async def _receive(self) -> None:
        """Receive for ever; a channel that is lost is replaced."""
        layer: Any = get_channel_layer()
        while layer is not None:
            try:
                channel = await asyncio.wait_for(layer.new_channel(), SECONDS)
                await self._on(layer, channel)
            except Exception:  # noqa: BLE001 - written down in `_fail`
                self._fail("hints are not heard")
                await asyncio.sleep(TICK)

    async def _on(self, layer: Any, channel: str) -> None:
        """Receive on one channel, which stays joined; it ends with an exception."""
        joining = asyncio.ensure_future(self._join(layer, channel))
        try:
            while True:
                # Never with a time limit: a layer gives up the channel of whoever stops to wait.
                message = await layer.receive(channel)
                if message.get("from") == self._name:
                    was_well = self.is_well
                    self._heard_at = asyncio.get_running_loop().time()
                    self._has_failed = False
                    if not was_well:
                        self._heal()
                else:
                    self._hear(message)
        finally:
            joining.cancel()

    async def _join(self, layer: Any, channel: str) -> None:
        """Join again each second, since the layer forgets its members, and say something to it."""
        while True:
            try:
                await asyncio.wait_for(layer.group_add(HUB, channel), SECONDS)
            except Exception:  # noqa: BLE001 - written down in `_fail`
                self._fail("the layer cannot be joined")
            with suppress(asyncio.QueueFull):
                self._out.put_nowait({"type": "hub.beat", "from": self._name})
            await asyncio.sleep(TICK)

    def _fail(self, what: str) -> None:
        """Write it down, once until it is well again."""
        if not self._has_failed:
            logger.warning(what, exc_info=True)  # noqa: LOG014 - called by handlers
        self._has_failed = True
