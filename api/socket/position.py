"""Where a client stands in what it is subscribed to, and what it gets next.

Nothing is kept for who has no credit: only that the client is behind, and the rest is in the log.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID

from autobahn.exception import Disconnected
from django.db import DatabaseError

from api.socket import answers, frames
from api.socket.codes import Code
from api.socket.window import Window
from messaging.hub import Hub
from messaging.queries.holding import Holder
from messaging.queries.resuming import Part
from messaging.sockets import Bye, Came, Told
from messaging.threads import Runner
from network.tenancy import Actor

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
# Who is further behind pages over HTTP.
GAP = 500


class Position(ABC):
    """The subscriptions of one socket, each with the number up to which it was sent.

    Events of the hub go out at once while the client has credit and nothing is missing before
    them. Otherwise they are read from the log, as the client's person sees it by then.
    """

    holder: Holder
    came: Came | None
    until: float
    rotates_at: float
    stalled_since: float | None

    __slots__ = (
        "_behind",
        "_cursors",
        "_feeds",
        "_hub",
        "_last_read",
        "_runner",
        "_send",
        "_window",
        "actor",
        "stalled_since",
    )

    def __init__(self, actor: Actor, hub: Hub, runner: Runner, send: Send) -> None:
        """Stand nowhere yet."""
        self.actor = actor
        self.stalled_since = None
        self._hub, self._runner, self._send = hub, runner, send
        self._window = Window(frames.MAX_CREDIT)
        self._cursors: dict[UUID, int] = {}
        # What is to be read from the log, with the newest number that was heard of.
        self._behind: dict[UUID, int] = {}
        self._feeds: dict[tuple[str, UUID], int] = {}
        self._last_read: tuple[UUID, int] | None = None

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
                self._wake()
                return
            cursor = one.seq
            await self._hand(conversation, one)

    async def feed(self, kind: str, conversation: UUID, seq: int) -> None:
        """Send that something happened elsewhere, or note it."""
        if kind == "read" and self._last_read == (conversation, seq):
            return
        self._feeds[kind, conversation] = seq
        await self._send_feeds()

    async def revoked(self, conversation: UUID) -> None:
        """Send nothing more of it, and say so."""
        if conversation in self._cursors:
            self._forget(conversation)
            await self._say(frames.Revoked(conversation=conversation))

    def _follow(self, conversation: UUID, since: int) -> None:
        """Follow first, and read then: what comes meanwhile is only noted."""
        self._cursors[conversation] = since
        self._behind[conversation] = 0
        self._hub.follow(self, conversation)

    def _forget(self, conversation: UUID) -> None:
        self._cursors.pop(conversation, None)
        self._behind.pop(conversation, None)
        self._hub.unfollow(self, conversation)

    async def _place(self, conversation: UUID, part: Part | None) -> None:
        """Begin where the client stands, or where it can."""
        if conversation not in self._cursors:
            return
        if part is None or part.is_over or part.is_asked:
            self._forget(conversation)
            code, detail = _why_not(part)
            await self._refuse(code, detail=detail, conversation=conversation)
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
            loop.call_later(answers.RETRY_MS / 1000, self._wake)
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
        await self._put_shared(told.text)

    async def _send_feeds(self) -> None:
        while self._feeds:
            (kind, conversation), seq = next(iter(self._feeds.items()))
            frame = frames.encode(frames.Feed(kind=kind, conversation=conversation, seq=seq))  # type: ignore[arg-type]  # one of two
            if not self._window.fits(len(frame)):
                self._stall()
                return
            del self._feeds[kind, conversation]
            self._window.spend(len(frame))
            await self._put(frame)

    def _digest(self) -> str:
        heads = {
            str(key): max(cursor, self._behind.get(key, 0))
            for key, cursor in self._cursors.items()
        }
        lines = "".join(f"{key}:{heads[key]}\n" for key in sorted(heads))
        return sha256(lines.encode()).hexdigest()[:16]

    @abstractmethod
    def may_stay(self, until: dt.datetime) -> None:
        """It may, until then."""

    @abstractmethod
    async def leave(self, why: Bye) -> None:
        """Say why, and close."""

    @abstractmethod
    def _wake(self) -> None:
        """Read on, in a task of the socket."""

    async def _say(self, frame: Any) -> None:
        await self._put(frames.encode(frame))

    async def _put(self, text: str) -> None:
        """Send, where anybody is there still: its end may not be heard of yet."""
        with suppress(Disconnected, OSError):
            await self._send({"type": "websocket.send", "text": text})

    async def _put_shared(self, text: str) -> None:
        """Send what others get as well: the server makes a frame of it once."""
        with suppress(Disconnected, OSError):
            await self._send({"type": "websocket.send", "text": text, "shared": True})

    async def _refuse(self, code: Code, **more: Any) -> None:
        await self._say(frames.Refusal(code=code, **more))


def _why_not(part: Part | None) -> tuple[Code, str]:
    if part is None:
        return Code.NOT_FOUND, ""
    return (Code.GONE, "") if part.is_over else (Code.CLOSED, "unanswered")
