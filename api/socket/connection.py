"""One socket: what comes in, what goes out, and where its client stands.

An idle one has no task beside the one that waits for frames, and no buffer: what waits for credit
stays in the log, and only that the client is behind is remembered.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from api.socket import answers, frames
from api.socket.codes import CLOSE_CODES, Bye, Code
from api.socket.handshake import Admitted, may_write
from api.socket.window import FRAMES_A_SECOND, FRAMES_AT_ONCE, Bucket, Window
from messaging.hub import Hub
from messaging.sockets import Told
from messaging.threads import Runner
from network.tenancy import Via, member

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HELLO_SECONDS = 10.0
# Who is further behind pages over HTTP.
GAP = 500
# So many frames may wait for the one before them.
MOST_WAITING = 64
JITTER_MS = 5000
# What is no frame costs as much as so many.
COST_OF_BAD = 5.0
# Returning credit is free as long as any was out.
_AT_ONCE = (frames.Ack, frames.Ping, frames.Unsub)
logger = logging.getLogger(__name__)


class Connection:
    """A socket, as the hub sees it and as its client does."""

    __slots__ = (
        "__weakref__",
        "_behind",
        "_bucket",
        "_cursors",
        "_feeds",
        "_hello_timer",
        "_hub",
        "_is_closed",
        "_last_read",
        "_runner",
        "_send",
        "_task",
        "_waiting",
        "_window",
        "_writes",
        "actor",
        "device",
        "holder",
        "rotates_at",
        "stalled_since",
        "until",
    )

    def __init__(self, admitted: Admitted, hub: Hub, runner: Runner, send: Send) -> None:
        """Stand between a client and the hub; ask the database by `runner`."""
        now = asyncio.get_running_loop().time()
        self.holder = admitted.holder
        self.actor = member(self.holder.person_id, self.holder.organization_id, via=Via.SOCKET)
        self.device: UUID | None = None
        self.until = now
        self.may_stay(admitted.held.until)
        share = 0.8 + secrets.randbelow(400) / 1000
        self.rotates_at = now + settings.SOCKET_HOURS * 3600 * share
        self.stalled_since: float | None = None
        self._writes = may_write(admitted.held)
        self._hub, self._runner, self._send = hub, runner, send
        self._window = Window(frames.MAX_CREDIT)
        self._bucket = Bucket(now)
        self._cursors: dict[UUID, int] = {}
        # What is to be read from the log, with the newest number that was heard of.
        self._behind: dict[UUID, int] = {}
        self._feeds: dict[tuple[str, UUID], int] = {}
        self._last_read: tuple[UUID, int] | None = None
        self._waiting: list[frames.Frame] = []
        self._task: asyncio.Task[None] | None = None
        self._hello_timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    # The socket itself

    async def run(self, receive: Receive) -> None:
        """Take in frames until the other side has gone, or has been sent away."""
        loop = asyncio.get_running_loop()
        self._hello_timer = loop.call_later(HELLO_SECONDS, self._begin_to, self._say_late)
        self._hub.add(self)
        try:
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                if not self._is_closed:
                    await self._take(message.get("text"))
        finally:
            self._end()

    async def leave(self, why: Bye) -> None:
        """Say why, and close; the client comes back at a moment of its own, if at all."""
        if self._is_closed:
            return
        self._end()
        wait = secrets.randbelow(JITTER_MS)
        await self._say(frames.Farewell(code=str(why), retry_ms=wait))
        await self._send({"type": "websocket.close", "code": CLOSE_CODES[why]})

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

    async def _say(self, frame: Any) -> None:
        await self._send({"type": "websocket.send", "text": frames.encode(frame)})

    async def _refuse(self, code: Code, **more: Any) -> None:
        await self._say(frames.Refusal(code=code, **more))

    # What comes in

    async def _take(self, content: str | None) -> None:
        frame = frames.decode(content)
        now = asyncio.get_running_loop().time()
        if isinstance(frame, frames.Ack) and self._window.give_back(frame.frames):
            self._credit_came()
            return
        is_bad = isinstance(frame, frames.FrameError)
        if not self._bucket.take(now, COST_OF_BAD if is_bad else 1.0):
            await self._refuse(Code.RATE, retry_ms=self._bucket.wait_ms())
            if self._bucket.is_flooded:
                await self.leave(Bye.RATE)
        elif isinstance(frame, frames.FrameError):
            await self._refuse(frame.code, detail=frame.detail)
        elif isinstance(frame, frames.Hello) == (self.device is not None):
            await self._refuse(Code.BAD_FRAME, detail="Say hello first, and once.")
        elif isinstance(frame, frames.Ack):
            self._credit_came()
        elif isinstance(frame, frames.Ping):
            await self._say(frames.Pong(n=frame.n, heads_digest=self._digest()))
        elif len(self._waiting) >= MOST_WAITING:
            await self._refuse(Code.RATE, retry_ms=self._bucket.wait_ms())
        else:
            if isinstance(frame, frames.Hello):
                self.device = frame.device_id
            self._waiting.append(frame)
            self._begin_to(self._answer_waiting)

    def _credit_came(self) -> None:
        self.stalled_since = None
        if self._behind or self._feeds:
            self._begin_to(self._answer_waiting)

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
        await self._replace_others()
        resume = hello.resume.conversations
        for conversation, since in resume.items():
            self._follow(conversation, since)
        parts = await self._runner.run(answers.standing_parts, self.actor, resume)
        newest = {str(key): one for key, one in list(parts.items())[: answers.HEADS]}
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

    async def _replace_others(self) -> None:
        """Of one device the newest socket counts."""
        for one in self._hub.sockets():
            is_same = isinstance(one, Connection) and one is not self
            if is_same and one.holder.person_id == self.holder.person_id:
                if one.device == self.device:
                    await one.leave(Bye.REPLACED)

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

    # Where the client stands

    def _follow(self, conversation: UUID, since: int) -> None:
        """Follow first, and read then: what comes meanwhile is only noted."""
        self._cursors[conversation] = since
        self._behind[conversation] = 0
        self._hub.follow(self, conversation)

    def _forget(self, conversation: UUID) -> None:
        self._cursors.pop(conversation, None)
        self._behind.pop(conversation, None)
        self._hub.unfollow(self, conversation)

    async def _place(self, conversation: UUID, part: answers.Part | None) -> None:
        """Begin where the client stands, or where it can."""
        if conversation not in self._cursors:
            return
        if part is None or part.is_over or part.is_asked:
            self._forget(conversation)
            await self._refuse(*_why_not(part), conversation=conversation)
            return
        self._hub.known(conversation, part.head)
        cursor = self._cursors[conversation]
        if cursor > part.head:
            await self._reset(conversation, part.start, "ahead")
        elif cursor < part.start:
            await self._reset(conversation, part.start, "floor")
        if self._cursors[conversation] == part.head and not self._behind[conversation]:
            del self._behind[conversation]

    async def _reset(self, conversation: UUID, seq: int, reason: Any) -> None:
        self._cursors[conversation] = seq
        await self._say(frames.Reset(conversation=conversation, seq=seq, reason=reason))

    async def _catch_up(self) -> bool:
        """Send what waited for credit, from the log; whether there may be more to do."""
        await self._send_feeds()
        if not self._behind:
            return False
        if self._window.left < 1:
            self._stall()
            return False
        # Numbers that are heard of from now on are looked for once more.
        after = {key: self._cursors[key] for key in self._behind}
        self._behind = dict.fromkeys(after, 0)
        limit = self._window.left
        try:
            found = await self._runner.run(answers.what_is_missed, self.actor, after, limit, GAP)
        except DatabaseError:
            loop = asyncio.get_running_loop()
            loop.call_later(answers.RETRY_MS / 1000, self._begin_to, self._answer_waiting)
            return False
        cut = await self._send_missed(found)
        for conversation in after:
            await self._caught_up(conversation, found, is_cut=cut or found.is_cut)
        return not cut

    async def _send_missed(self, found: answers.Missed) -> bool:
        """Send what was read as far as there is credit; whether something was left."""
        for conversation, told in found.events:
            cursor = self._cursors.get(conversation)
            if cursor is None or told.seq <= cursor:
                continue
            if not self._window.fits(told.size):
                self._stall()
                return True
            if told.seq != cursor + 1:
                await self._reset(conversation, told.seq - 1, "range")
            await self._hand(conversation, told)
        return False

    async def _caught_up(self, conversation: UUID, found: answers.Missed, *, is_cut: bool) -> None:
        cursor, heard = self._cursors.get(conversation), self._behind.get(conversation)
        if cursor is None or heard is None:
            return
        part = found.parts.get(conversation)
        if part is None or part.is_over:
            await self.revoked(conversation)
            return
        if part.head - max(cursor, part.start) > GAP:
            await self._say(frames.Gap(conversation=conversation, first=cursor + 1, to=part.head))
            self._cursors[conversation] = cursor = part.head
        elif is_cut:
            return
        if heard <= max(cursor, part.head):
            del self._behind[conversation]

    def _stall(self) -> None:
        if self.stalled_since is None:
            self.stalled_since = asyncio.get_running_loop().time()
            self._hub.stalled(self)

    async def _hand(self, conversation: UUID, told: Told) -> None:
        self._cursors[conversation] = told.seq
        self._window.spend(told.size)
        await self._send({"type": "websocket.send", "text": told.text})

    async def _send_feeds(self) -> None:
        while self._feeds:
            (kind, conversation), seq = next(iter(self._feeds.items()))
            frame = frames.encode(frames.Feed(kind=kind, conversation=conversation, seq=seq))  # type: ignore[arg-type]  # one of two
            if not self._window.fits(len(frame)):
                self._stall()
                return
            del self._feeds[kind, conversation]
            self._window.spend(len(frame))
            await self._send({"type": "websocket.send", "text": frame})

    def _digest(self) -> str:
        heads = {
            str(key): max(cursor, self._behind.get(key, 0))
            for key, cursor in self._cursors.items()
        }
        lines = "".join(f"{key}:{heads[key]}\n" for key in sorted(heads))
        return sha256(lines.encode()).hexdigest()[:16]

    # What the hub hands on

    def follows(self, conversation: UUID) -> bool:
        """Whether it is subscribed."""
        return conversation in self._cursors

    def following(self) -> Sequence[UUID]:
        """What it is subscribed to."""
        return tuple(self._cursors)

    async def events(self, conversation: UUID, told: Sequence[Told]) -> None:
        """Send new events at once, or note that they are there."""
        cursor = self._cursors.get(conversation)
        if cursor is None or not told:
            return
        newest = told[-1].seq
        if conversation in self._behind:
            # Whoever reads on, now or with the next credit, finds it.
            self._behind[conversation] = max(newest, self._behind[conversation])
            return
        for one in told:
            if one.seq <= cursor:
                continue
            if not self._window.fits(one.size):
                self._behind[conversation] = newest
                self._stall()
                return
            if one.seq != cursor + 1:
                self._behind[conversation] = newest
                self._begin_to(self._answer_waiting)
                return
            cursor = one.seq
            await self._hand(conversation, one)

    async def feed(self, kind: str, conversation: UUID, seq: int) -> None:
        """Send that something happened elsewhere, or note it."""
        if self.device is None or (kind == "read" and self._last_read == (conversation, seq)):
            return
        self._feeds[kind, conversation] = seq
        await self._send_feeds()

    async def revoked(self, conversation: UUID) -> None:
        """Send nothing more of it, and say so."""
        if conversation in self._cursors:
            self._forget(conversation)
            await self._say(frames.Revoked(conversation=conversation))


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


def _why_not(part: answers.Part | None) -> tuple[Code, str]:
    if part is None:
        return Code.NOT_FOUND, ""
    return (Code.GONE, "") if part.is_over else (Code.CLOSED, "unanswered")
