"""The layer on Redis is heard after a silence, after Redis is back and after a silent line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer
from django.conf import settings as site

from messaging.wire import Wire
from network.project import layer as module
from network.project.layer import Layer

SECONDS = 30
needs_redis = pytest.mark.skipif(not site.REDIS_URL, reason="needs Redis: REDIS_URL is not set")


def new_layer(address: str) -> Any:
    """A layer of its own, as the settings make it."""
    options = site.CHANNEL_LAYERS["default"]["CONFIG"]
    (host,) = options["hosts"]
    return Layer(hosts=[{**host, "address": address}], prefix=options["prefix"])


async def heard_in_the_end(layer: Any, channel: str, group: str) -> None:
    """Return when the group is heard: what is sent while nobody hears is lost."""
    async with asyncio.timeout(SECONDS):
        while True:
            with suppress(Exception):
                await layer.group_send(group, {"type": "probe"})
            with suppress(TimeoutError):
                await asyncio.wait_for(layer.receive(channel), 0.2)
                return


def at_the_layer(talk: Callable[[Any, str, str], Awaitable[None]], address: str) -> None:
    """Run a talk with a layer, a channel of it and the group that the channel has joined."""

    async def whole() -> None:
        layer, group = new_layer(address), f"tests.{uuid4().hex}"
        try:
            channel = await layer.new_channel()
            await layer.group_add(group, channel)
            await heard_in_the_end(layer, channel, group)
            await talk(layer, channel, group)
        finally:
            await layer.flush()

    asyncio.run(whole())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis counts as lost soon."""
    monkeypatch.setattr(module, "TICK", 0.05)
    monkeypatch.setattr(module, "ASKED_AFTER", 0.1)
    monkeypatch.setattr(module, "LOST_AFTER", 0.5)


@needs_redis
def test_a_wire_hears_after_fifteen_seconds_in_which_nobody_said_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("messaging.wire.TICK", 60.0)

    async def idle() -> None:
        layer: Any = get_channel_layer()
        heard: list[Any] = []
        begun, said = asyncio.Event(), asyncio.Event()
        one = str(uuid4())

        def hear(message: Any) -> None:
            if message.get("conversation") == one:
                heard.append(message)
                said.set()

        wire = Wire(hear, begun.set)
        wire.open()
        try:
            async with asyncio.timeout(SECONDS):
                await begun.wait()
            # The silence is what is tried here: the wire itself says something once a minute.
            await asyncio.sleep(15)
            assert heard == []
            await layer.group_send(
                "messaging.hub", {"type": "hub.event", "conversation": one, "seq": 1}
            )
            async with asyncio.timeout(SECONDS):
                await said.wait()
        finally:
            await wire.close()

    asyncio.run(idle())


@needs_redis
def test_a_wait_that_is_given_up_loses_nothing() -> None:
    async def talk(layer: Any, channel: str, group: str) -> None:
        for number in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(layer.receive(channel), 0.05)
            await layer.group_add(group, channel)
            await layer.group_send(group, {"type": "probe", "number": number})
            async with asyncio.timeout(SECONDS):
                assert (await layer.receive(channel))["number"] == number

    at_the_layer(talk, site.REDIS_URL)


@needs_redis
def test_a_connection_that_redis_ends_is_made_anew(impatient: None) -> None:
    async def talk(layer: Any, channel: str, group: str) -> None:
        (shard,) = layer._shards
        host, port = shard._pubsub.connection._writer.get_extra_info("sockname")
        for _turn in range(2):
            await shard._redis.execute_command("CLIENT", "KILL", "ADDR", f"{host}:{port}")
            await heard_in_the_end(layer, channel, group)
            host, port = shard._pubsub.connection._writer.get_extra_info("sockname")

    at_the_layer(talk, site.REDIS_URL)


class Line:
    """A line to Redis that can fall silent: what is connected then is carried no more."""

    def __init__(self, host: str, port: int) -> None:
        self._to = host, port
        self._carried: list[asyncio.Task[None]] = []
        self._ends: list[asyncio.StreamWriter] = []
        self.made = 0

    async def __call__(self, reader: Any, writer: Any) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._to)
        self.made += 1
        self._ends += writer, far_writer
        for one, other in ((reader, far_writer), (far_reader, writer)):
            self._carried.append(asyncio.create_task(self._carry(one, other)))

    def fall_silent(self) -> None:
        """Carry nothing more of what is connected now, and say nothing of it."""
        for one in self._carried:
            one.cancel()
        self._carried.clear()

    async def close(self) -> None:
        """End all that was ever connected."""
        self.fall_silent()
        for one in self._ends:
            one.close()
        await asyncio.gather(*(one.wait_closed() for one in self._ends), return_exceptions=True)

    @staticmethod
    async def _carry(reader: Any, writer: Any) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def line() -> Any:
    parts = urlsplit(site.REDIS_URL)
    one = Line(parts.hostname or "", parts.port or 6379)
    async with await asyncio.start_server(one, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield one, parts._replace(netloc=f"127.0.0.1:{port}").geturl()
        await one.close()


@needs_redis
def test_a_line_that_falls_silent_is_left_for_another(impatient: None) -> None:
    async def whole() -> None:
        async with line() as (one, address):
            layer, group = new_layer(address), f"tests.{uuid4().hex}"
            channel = await layer.new_channel()
            await layer.group_add(group, channel)
            await heard_in_the_end(layer, channel, group)
            before = one.made
            one.fall_silent()
            await heard_in_the_end(layer, channel, group)
            assert one.made > before
            await layer.flush()

    asyncio.run(whole())


@pytest.fixture
def nothing_there() -> Iterator[str]:
    """An address where connections are taken and nothing is ever said."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.mark.django_db
def test_readyz_does_not_wait_for_a_redis_that_never_answers(client, settings, nothing_there):
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "network.project.layer.Layer",
            "CONFIG": {"hosts": [{"address": nothing_there}]},
        }
    }
    assert client.get("/readyz").json()["layer"] == "unreachable"


def test_nodes_that_share_a_redis_do_not_hear_each_other() -> None:
    from network.project.secret import layer_prefix

    assert layer_prefix("key of one node") != layer_prefix("key of another")
    assert layer_prefix("key of one node") == layer_prefix("key of one node")
    assert "key" not in layer_prefix("key of one node")
