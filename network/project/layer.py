"""The layer on Redis: hints between processes, heard again by itself after whatever happens.

`RedisPubSubChannelLayer` of channels-redis 4.3 goes deaf for ever in three ways: a `receive` that
is given up ends its channel, so whoever waits with a time limit loses it; an error of time ends
the task that reads; and a connection whose other end is gone without a word reads nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from channels_redis.pubsub import (
    RedisPubSubChannelLayer,
    RedisPubSubLoopLayer,
    RedisSingleShardConnection,
)
from channels_redis.utils import _wrap_close

logger = logging.getLogger(__name__)

# So long one waits for what comes, and after a failure.
TICK = 1.0
# After so long without a word Redis is asked whether it is there; after so long it is not.
ASKED_AFTER, LOST_AFTER = 3.0, 8.0
# So long a connection, a publication or a subscription may take.
SOCKET_SECONDS = 2.0


class Connection(RedisSingleShardConnection):
    """One connection to Redis, which is made anew when nothing is heard of it."""

    _heard_at = 0.0
    _asked_at = 0.0

    async def _do_receiving(self) -> None:
        """Read until cancelled."""
        self._begin()
        is_lost = False
        while True:
            try:
                await self._receive_some()
                if is_lost:
                    logger.warning("Redis answers again.")
                is_lost = False
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                if not is_lost:
                    logger.warning("Redis does not answer, hints are lost: %s", error)
                is_lost = True
                await self._drop()
                await asyncio.sleep(TICK)
                self._begin()

    async def _receive_some(self) -> None:
        """Take in the next message, or ask whether Redis is there.

        Raises:
            ConnectionError: nothing was heard for long.
        """
        pubsub: Any = self._pubsub
        if not (pubsub and pubsub.subscribed):
            self._begin()
            await asyncio.sleep(TICK / 10)
            return
        message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=TICK)
        now = time.monotonic()
        if message is not None:
            self._heard_at = now
            if message["type"] == "message":
                self._receive_message(message)
        elif now - self._heard_at > LOST_AFTER:
            raise ConnectionError("nothing was heard")
        elif now - max(self._heard_at, self._asked_at) > ASKED_AFTER:
            self._asked_at = now
            await asyncio.wait_for(pubsub.ping(), SOCKET_SECONDS)

    def _begin(self) -> None:
        """Count the silence from now on."""
        self._heard_at = self._asked_at = time.monotonic()

    async def _drop(self) -> None:
        """Let go of the connection: the next read makes another, and subscribes again."""
        pubsub: Any = self._pubsub
        if pubsub is not None and pubsub.connection is not None:
            await pubsub.connection.disconnect(nowait=True)


class LoopLayer(RedisPubSubLoopLayer):
    """The layer of one event loop."""

    def __init__(self, **options: Any) -> None:
        """Use connections of our own."""
        super().__init__(**options)  # type: ignore[no-untyped-call]  # channels-redis
        self._shards = [Connection(one.host, self) for one in self._shards]

    async def _subscribe_to_channel(self, channel: str) -> None:
        """Begin to hear a channel; nothing of it is kept where Redis does not answer."""
        try:
            await super()._subscribe_to_channel(channel)  # type: ignore[no-untyped-call]  # the same
        except BaseException:
            self.channels.pop(channel, None)
            raise

    async def receive(self, channel: str) -> Any:
        """The next message of a channel. A wait that is given up leaves the channel as it is."""
        if channel not in self.channels:
            await self._subscribe_to_channel(channel)
        return self.channel_layer.deserialize(await self.channels[channel].get())


class Layer(RedisPubSubChannelLayer):
    """What `CHANNEL_LAYERS` names."""

    def _get_layer(self) -> LoopLayer:
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            self._layers[loop] = LoopLayer(*self._args, **self._kwargs, channel_layer=self)
            _wrap_close(self, loop)  # type: ignore[no-untyped-call]  # channels-redis
        layer: LoopLayer = self._layers[loop]
        return layer
