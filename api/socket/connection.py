"""One socket: what comes in, what goes out, and where its client stands.

An idle one has no task beside the one that waits for frames, and no buffer: what waits for credit
stays in the log, and only that the client is behind is remembered.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from autobahn.exception import Disconnected
from django.conf import settings
from django.utils import timezone

from api.socket import answers, frames
from api.socket.codes import CLOSE_CODES, Code
from api.socket.handshake import Admitted, may_write
from api.socket.position import GAP, Message, Position, Send
from api.socket.window import FRAMES_A_SECOND, FRAMES_AT_ONCE, Bucket, Window
from messaging.hub import Hub
from messaging.queries.resuming import HEADS
from messaging.sockets import Bye, Came
from messaging.threads import Runner
from network.tenancy import Via, member

Receive = Callable[[], Awaitable[Message]]

HELLO_SECONDS = 10.0
# So many frames may wait for the one before them.
MOST_WAITING = 64
JITTER_MS = 5000
# What is no frame costs as much as so many.
COST_OF_BAD = 5.0
logger = logging.getLogger(__name__)


class Connection(Position):
    """A socket, as the hub sees it and as its client does."""

    __slots__ = (
        "__weakref__",
        "_bucket",
        "_hello_timer",
        "_is_closed",
        "_task",
        "_waiting",
        "_writes",
        "came",
        "holder",
        "rotates_at",
        "until",
    )

    def __init__(self, admitted: Admitted, hub: Hub, runner: Runner, send: Send) -> None:
        """Stand between a client and the hub; ask the database by `runner`."""
        holder = admitted.holder
        actor = member(holder.person_id, holder.organization_id, via=Via.SOCKET)
        super().__init__(actor, hub, runner, send)
        now = asyncio.get_running_loop().time()
        self.holder = holder
        self.came: Came | None = None
        self.until = now
        self.may_stay(admitted.held.until)
        share = 0.8 + secrets.randbelow(400) / 1000
        self.rotates_at = now + settings.SOCKET_HOURS * 3600 * share
        self._writes = may_write(admitted.held)
        self._bucket = Bucket(now)
        self._waiting: list[frames.Frame] = []
        self._task: asyncio.Task[None] | None = None
        self._hello_timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    # The socket itself

    async def run(self, receive: Receive, since: float) -> None:
        """Take in frames until the other side has gone, or has been sent away.

        Since `since` what is asked of rights anew may have been missed.
        """
        loop = asyncio.get_running_loop()
        self._hello_timer = loop.call_later(HELLO_SECONDS, self._begin_to, self._say_late)
        self._hub.take(self, since)
        try:
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                if not self._is_closed:
                    await self._take(message.get("text"))
        finally:
            self._end()

    async def feed(self, kind: str, conversation: UUID, seq: int) -> None:
        """Send that something happened elsewhere, or note it; nothing before `hello`."""
        if self.came is not None:
            await super().feed(kind, conversation, seq)

    async def leave(self, why: Bye) -> None:
        """Say why, and close; the client comes back at a moment of its own, if at all."""
        if self._is_closed:
            return
        self._end()
        farewell = frames.Farewell(code=str(why), retry_ms=secrets.randbelow(JITTER_MS))
        await self._put(frames.encode(farewell))
        with suppress(Disconnected, OSError):
            await self._send({"type": "websocket.close", "code": CLOSE_CODES[why]})

    async def _say(self, frame: Any) -> None:
        if not self._is_closed:
            await super()._say(frame)

    def may_stay(self, until: dt.datetime) -> None:
        """It may, until its session or its token is over."""
        left = (until - timezone.now()).total_seconds()
        self.until = asyncio.get_running_loop().time() + left

    def _end(self) -> None:
        self._is_closed = True
        self._hub.remove(self)
        self._cursors, self._behind, self._feeds = {}, {}, {}
        self._waiting = []
        if self._hello_timer is not None:
            self._hello_timer.cancel()
            self._hello_timer = None

    def _begin_to(self, act: Callable[[], Awaitable[None]]) -> None:
        if self._task is None:
            self._task = asyncio.ensure_future(self._work(act))

    async def _say_late(self) -> None:
        await self.leave(Bye.RECONNECT)

    # What comes in

    async def _take(self, content: str | None) -> None:
        frame = frames.decode(content)
        if isinstance(frame, frames.Ack) and self._window.give_back(frame.frames):
            self._credit_came()
            return
        cost = COST_OF_BAD if isinstance(frame, frames.FrameError) else 1.0
        is_full = len(self._waiting) >= MOST_WAITING
        if not self._bucket.take(asyncio.get_running_loop().time(), cost) or is_full:
            await self._refuse(Code.RATE, retry_ms=self._bucket.wait_ms())
            if self._bucket.is_flooded:
                await self.leave(Bye.RATE)
        elif isinstance(frame, frames.FrameError):
            await self._refuse(frame.code, detail=frame.detail)
        elif isinstance(frame, frames.Hello) == (self.came is not None):
            await self._refuse(Code.BAD_FRAME, detail="Say hello first, and once.")
        else:
            await self._begin_with(frame)

    async def _begin_with(self, frame: frames.Frame) -> None:
        """Answer at once what needs no database, and the rest in its turn."""
        if isinstance(frame, frames.Ack):
            self._credit_came()
        elif isinstance(frame, frames.Ping):
            await self._say(frames.Pong(n=frame.n, heads_digest=self._digest()))
        else:
            if isinstance(frame, frames.Hello):
                self.came = Came(self.holder.person_id, frame.device_id, time.time())
            self._waiting.append(frame)
            self._wake()

    def _wake(self) -> None:
        self._begin_to(self._answer_waiting)

    def _credit_came(self) -> None:
        self.stalled_since = None
        if self._behind or self._feeds:
            self._wake()

    async def _work(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except Exception:
            logger.exception("a socket has failed")
            await self.leave(Bye.RECONNECT)
        finally:
            self._task = None

    async def _answer_waiting(self) -> None:
        """Answer what waits, one after the other; then read on where the client is behind."""
        while not self._is_closed:
            if self._waiting:
                await self._answer(self._waiting.pop(0))
            elif not await self._catch_up():
                return

    async def _answer(self, frame: frames.Frame) -> None:
        try:
            await self._answered(frame)
        except Exception as error:
            said = answers.refused(error)
            if said is None:
                raise
            named = {
                name: getattr(frame, name)
                for name in ("conversation", "client_id")
                if hasattr(frame, name)
            }
            await self._refuse(**said, **named)
            if isinstance(frame, frames.Hello):
                await self.leave(Bye.RECONNECT)

    async def _answered(self, frame: frames.Frame) -> None:
        if isinstance(frame, frames.Hello):
            await self._welcome(frame)
        elif isinstance(frame, frames.Sub):
            await self._subscribe(frame)
        elif isinstance(frame, frames.Unsub):
            self._forget(frame.conversation)
        elif not self._writes:
            raise answers.NotForThis
        elif isinstance(frame, frames.Send):
            await self._add(frame)
        elif isinstance(frame, frames.Read):
            self._last_read = frame.conversation, frame.seq
            await self._runner.run(answers.marked_read, self.actor, frame)

    async def _welcome(self, hello: frames.Hello) -> None:
        if hello.v != frames.VERSION:
            await self.leave(Bye.UPGRADE)
            return
        if self._hello_timer is not None:
            self._hello_timer.cancel()
            self._hello_timer = None
        self._window = Window(hello.credit)
        if self.came is not None:
            self._hub.say_came(self.came)
        resume = hello.resume.conversations
        for conversation, since in resume.items():
            self._follow(conversation, since)
        parts = await self._runner.run(answers.standing_parts, self.actor, resume)
        newest = {str(key): one for key, one in list(parts.items())[:HEADS]}
        deadline = timezone.now() + dt.timedelta(
            seconds=self.until - asyncio.get_running_loop().time()
        )
        await self._say(
            frames.Welcome(
                session_deadline=deadline.isoformat(),
                limits=limits(),
                heads={
                    key: frames.Head(one.head, one.read)
                    for key, one in newest.items()
                    if not one.is_asked
                },
                server_time=timezone.now().isoformat(),
            )
        )
        for conversation in resume:
            await self._place(conversation, parts.get(conversation))

    async def _subscribe(self, frame: frames.Sub) -> None:
        conversation = frame.conversation
        if conversation not in self._cursors and len(self._cursors) >= frames.SUBSCRIPTIONS:
            await self._refuse(Code.QUOTA, conversation=conversation)
            return
        self._follow(conversation, frame.since)
        try:
            parts = await self._runner.run(answers.some_parts, self.actor, [conversation])
        except Exception:
            self._forget(conversation)
            raise
        await self._place(conversation, parts.get(conversation))

    async def _add(self, frame: frames.Send) -> None:
        done = await self._runner.run(answers.sent, self.actor, frame)
        await self._say(
            frames.Acked(
                conversation=done.conversation_id,
                client_id=done.client_id,
                id=done.id,
                seq=done.seq,
                state=str(done.state),
                dup=done.is_repeat,
            )
        )


def limits() -> dict[str, int]:
    """What holds on this node, for `welcome`."""
    return {
        "frame_bytes": frames.FRAME_BYTES,
        "body_bytes": settings.MESSAGE_BODY,
        "credit": frames.MAX_CREDIT,
        "credit_bytes": frames.CREDIT_BYTES,
        "subscriptions": frames.SUBSCRIPTIONS,
        "gap": GAP,
        "frames_a_second": int(FRAMES_A_SECOND),
        "frames_at_once": int(FRAMES_AT_ONCE),
        "sends_at_once": settings.MESSAGE_BURST,
        "sends_a_second": settings.MESSAGE_RATE,
        "sockets_a_person": settings.SOCKETS_A_PERSON,
        "ping_seconds": settings.SOCKET_PING_SECONDS,
        "slow_seconds": settings.SOCKET_SLOW_SECONDS,
    }
