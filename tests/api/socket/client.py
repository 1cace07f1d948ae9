"""A client of the socket in the loop of the test, which shares its thread and its transaction."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import asynccontextmanager

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.test import override_settings

from api.socket.answers import event_text
from api.socket.app import PATH, SocketApplication
from messaging.hub import Hub
from tests.frontend.asgi import kept_connections

# Longer than any machine needs: what is waited for comes at once.
DEADLINE = 30
HOST = "localhost:8000"
ORIGIN = f"http://{HOST}"
NOBODYS = "00000000-0000-4000-8000-0000000000ff"


class SameThread:
    """Asks the database where the test does."""

    async def run(self, function, *args, **kwargs):
        return await sync_to_async(function)(*args, **kwargs)


class Closed(Exception):  # noqa: N818 - what is expected
    """The socket was closed, with this code."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Client:
    """One socket from its handshake on."""

    def __init__(self, application, *, headers=(), protocols=(), path=PATH):
        self._in, self._out = asyncio.Queue(), asyncio.Queue()
        self.code = None
        self.protocol = None
        named = [(name.lower().encode(), value.encode()) for name, value in headers]
        if protocols:
            named.append((b"sec-websocket-protocol", ", ".join(protocols).encode()))
        scope = {
            "type": "websocket",
            "path": path,
            "headers": [(b"host", HOST.encode()), *named],
            "query_string": b"",
            "subprotocols": list(protocols),
        }
        self._in.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.ensure_future(application(scope, self._in.get, self._put))

    async def _put(self, message):
        self._out.put_nowait(message)
        if message["type"] == "websocket.close":
            # As the server does it once the other side has answered.
            self._in.put_nowait({"type": "websocket.disconnect", "code": message.get("code")})

    async def opened(self):
        """Whether the handshake was accepted."""
        message = await asyncio.wait_for(self._out.get(), DEADLINE)
        self.protocol = message.get("subprotocol")
        self.refusal = None if message["type"] == "websocket.accept" else message
        return self.refusal is None

    def say(self, **frame):
        """Send a frame."""
        self.say_text(json.dumps(frame, default=str))

    def say_text(self, text):
        self._in.put_nowait({"type": "websocket.receive", "text": text})

    def say_bytes(self, raw):
        self._in.put_nowait({"type": "websocket.receive", "bytes": raw})

    async def next(self):
        """The next frame.

        Raises:
            Closed: the socket was closed instead.
        """
        message = await asyncio.wait_for(self._out.get(), DEADLINE)
        if message["type"] == "websocket.close":
            self.code = message.get("code")
            raise Closed(self.code)
        return json.loads(message["text"])

    async def until(self, name, /, **wanted):
        """The next frame of a type, or one that says this; what comes before it is passed over."""
        while True:
            frame = await self.next()
            if frame["type"] == name and all(frame.get(k) == v for k, v in wanted.items()):
                return frame

    async def settled(self, *, returns=False):
        """All that comes before the answer to a frame that has its turn after all others.

        With `returns` credit is returned as events come, until none does.
        """
        found, is_more = [], True
        while is_more:
            before = len(found)
            self.say(type="sub", conversation=NOBODYS, since=0)
            while (frame := await self.next()).get("conversation") != NOBODYS:
                found.append(frame)
                if returns and frame["type"] in ("event", "feed"):
                    self.say(type="ack", frames=1)
            is_more = returns and len(found) > before
        return found

    async def end(self):
        """Go."""
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self.task, DEADLINE)


class Site:
    """An application with a hub of its own."""

    def __init__(self):
        self.hub = Hub(event_text, reads=SameThread())
        self.application = SocketApplication(self.hub, SameThread())
        self.clients = []

    def client(self, **options):
        self.clients.append(Client(self.application, **options))
        return self.clients[-1]

    async def shaken(self, token, **hello):
        """A client with a token that has been welcomed."""
        client = self.client(headers=[("Authorization", f"Bearer {token}")])
        assert await client.opened()
        client.welcome = await greet(client, **hello)
        return client

    def hint(self, conversation, seq=None, kind="hub.event", **more):
        """What goes by the wire after a commit, which no test has."""
        found = {"type": kind, "conversation": str(conversation.pk), "seq": seq or 2**40, **more}
        self.hub.hear(found)

    async def handed_on(self, client, heads):
        """What a client is sent until it stands at these numbers, by conversation."""
        found = []
        own = self.socket_of(client)
        async with asyncio.timeout(DEADLINE):
            while any(
                own.follows(key) and (key in own._behind or own._cursors[key] < head)
                for key, head in heads.items()
            ):
                found += await client.settled(returns=True)
        return found

    def rewind(self, client, conversation, seq):
        """Let the hub and a client's socket stand at an earlier number."""
        own = self.socket_of(client)
        if own.follows(conversation):
            own._cursors[conversation] = seq
            self.hub._followed[conversation].cursor = seq

    def socket_of(self, client):
        """A client's socket, as the hub has it."""
        own = [one for one in self.hub._sockets if one.came and one.came.device == client.device]
        return own[0]

    async def close(self):
        for client in self.clients:
            await client.end()
        await self.hub.close()


async def greet(client, **hello):
    said = {"type": "hello", "v": 1, "device_id": str(uuid.uuid4()), **hello}
    client.device = said["device_id"]
    client.say(**said)
    return await client.until("welcome")


@asynccontextmanager
async def site():
    found = Site()
    try:
        yield found
    finally:
        await found.close()


def play(scene, *, is_layered=False):
    """A scene with a site, in which synchronous code shares the transaction of the test.

    The hub hears what the scene tells it, and no layer: once that is heard, everybody's rights
    are looked at anew, at a moment that no scene knows.
    """
    layers = settings.CHANNEL_LAYERS if is_layered else {}

    async def played():
        async with site() as found:
            await scene(found)

    with kept_connections(), override_settings(CHANNEL_LAYERS=layers):
        async_to_sync(played)()
