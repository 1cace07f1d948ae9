"""The hub of a process: hears hints, reads once for all sockets, hands on what each may see.

The process's own stands in `api.socket.app.application.hub`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings

from messaging.asked import Asked
from messaging.hub_reading import Fresh, Read, Tell, read_fresh, read_marks, read_standing
from messaging.queries.delivery import Mark
from messaging.queries.holding import Lost
from messaging.roster import Key, Roster, key_of
from messaging.sockets import Bye, Came, Socket
from messaging.threads import Runner, Threads, ended
from messaging.waits import Waits
from messaging.wire import Message, Wire

TICK = 1.0
RETRY = 0.5
# The pause between two looks at all heads grows to so many times the shortest while hints come.
BACKING_OFF = 4
# Others get their turn after so many sockets.
AT_ONCE = 200
# So many conversations nobody follows here are remembered, to tell of each event once.
MOST_FED = 10_000
NOTHING_AFTER = 2**62
# Nobody takes as many seconds to be let in.
LATELY = 60.0
logger = logging.getLogger(__name__)


class Hub(Roster):
    """One for a process, in its loop.

    A hint of a conversation leads to one read, of its new events and of everybody who may see
    them at that moment; hints that come meanwhile lead to one more. Each event is made text once.
    Whoever lost access is not among those who may see, so nothing committed afterwards reaches
    them, and is told so. What a lost hint would have told is found by looking at all heads.
    `waits` are those who wait without a socket: they are woken, and ask for themselves.
    """

    def __init__(self, tell: Tell, *, reads: Runner | None = None) -> None:
        """Make text of events with `tell`; read in a thread of its own, or by `reads`."""
        super().__init__()
        self.waits = Waits()
        self._tell = tell
        self._reads = reads or Threads(1, "hub")
        self._wire = Wire(self.hear, self._look_at_all)
        self._fed: dict[UUID, int] = {}
        # What was heard and not looked at yet.
        self._dirty: dict[UUID, int] = {}
        self._asked: list[Asked] = []
        self._lately: list[tuple[float, Asked]] = []
        self._elsewhere: list[tuple[Key, UUID, int]] = []
        self._came: list[Came] = []
        self._awake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._poll_at = self._pause = 0.0
        self.is_draining = False

    # Opened and closed

    def open(self) -> None:
        """Hear and look from now on, if not so already."""
        if self._tasks and not self._tasks[0].done():
            return
        loop = asyncio.get_running_loop()
        self._awake = asyncio.Event()
        self._poll_at = loop.time() + settings.SOCKET_HEAD_SECONDS
        self._wire.open()
        self._tasks = [
            loop.create_task(one())
            for one in (self._work, self._look_at_heads, self._look_at_clock, self._sweep)
        ]

    async def close(self) -> None:
        """Stop; what is not handed on stays in the log."""
        tasks, self._tasks = self._tasks, []
        await ended(tasks)
        await self._wire.close()

    async def drain(self) -> None:
        """Close every socket, each to come back at a moment of its own; take no more."""
        self.is_draining = True
        for socket in tuple(self._sockets):
            with suppress(Exception):
                await socket.leave(Bye.RESTART)

    def now(self) -> float:
        """The clock by which `take` knows since when somebody is let in; it hears from now on."""
        self.open()
        return asyncio.get_running_loop().time()

    def take(self, socket: Socket, since: float) -> None:
        """Take a socket whose rights were asked after a moment, see `now`."""
        self.open()
        super().add(socket)
        # What was asked while it was let in.
        for moment, asked in self._lately:
            if moment >= since and asked.concerns(socket):
                self._ask(asked)

    def say_came(self, came: Came) -> None:
        """A socket that was taken has said hello: older ones of its device go, everywhere."""
        self._wire.give(came.message(), is_minor=True)

    def wait(self, conversation: UUID, mark: Mark) -> None:
        """Somebody of `waits` has seen a conversation at this mark; it hears from now on."""
        self.open()
        self.waits.since(conversation, mark)
        self._poll_soon()

    def known(self, conversation: UUID, head: int) -> None:
        """A socket that follows a conversation has read where it stands."""
        followed = self._followed.get(conversation)
        if followed is not None and followed.cursor is None:
            followed.cursor = head
            # A hint that came meanwhile had nothing to begin from.
            self._mark(conversation, head)

    # Heard

    def hear(self, message: Message) -> None:
        """Take in what came by the wire."""
        act: Callable[[Message], None] | None = {
            "hub.event": self._hear_event,
            "hub.look": self._hear_look,
            "hub.revoked": self._hear_look,
            "hub.read": self._hear_read,
            "hub.recheck": self._hear_recheck,
            "hub.device": self._hear_device,
        }.get(message.get("type", ""))
        if act is None:
            return
        try:
            act(message)
        except (KeyError, TypeError, ValueError):
            logger.warning("a hint was not understood")

    def _hear_event(self, message: Message) -> None:
        conversation, seq = UUID(message["conversation"]), int(message["seq"])
        self.waits.wake(conversation)
        self._poll_soon()
        if not self._sockets:
            return
        followed = self._followed.get(conversation)
        known = self._fed.get(conversation, 0) if followed is None else followed.cursor
        if known is None or seq > known:
            self._mark(conversation, seq)

    def _hear_look(self, message: Message) -> None:
        conversation = UUID(message["conversation"])
        self.waits.wake(conversation)
        if conversation in self._followed:
            self._mark(conversation, 0)

    def _hear_read(self, message: Message) -> None:
        key = UUID(message["person"]), UUID(message["organization"])
        if key in self._people:
            self._elsewhere.append((key, UUID(message["conversation"]), int(message["seq"])))
            self._awake.set()

    def _hear_recheck(self, message: Message) -> None:
        asked = Asked.of(message)
        now = asyncio.get_running_loop().time()
        self._lately = [one for one in self._lately if one[0] > now - LATELY]
        self._lately.append((now, asked))
        self._ask(asked)

    def _hear_device(self, message: Message) -> None:
        came = Came.of(message)
        if came.person in self._held:
            self._came.append(came)
            self._awake.set()

    def _look_at_all(self) -> None:
        """The wire is heard again, or for the first time: what it did not carry is looked for."""
        self._ask(Asked())
        self._poll_at = 0.0

    def _ask(self, asked: Asked) -> None:
        if asked not in self._asked:
            self._asked.append(asked)
        self._awake.set()

    def _mark(self, conversation: UUID, seq: int) -> None:
        self._dirty[conversation] = max(seq, self._dirty.get(conversation, 0))
        self._awake.set()

    # Read and handed on

    async def _work(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                await self._replace()
                await self._answer_asked()
                await self._deliver()
                await self._tell_elsewhere()
            except Exception:
                logger.warning("the hub could not read", exc_info=True)
                await asyncio.sleep(RETRY)
                self._awake.set()

    async def _replace(self) -> None:
        """Of one device the newest socket counts, in whichever process."""
        came, self._came = self._came, []
        for one in came:
            for socket in self.of_person(one.person):
                if one.replaces(socket.came):
                    with _surviving():
                        await socket.leave(Bye.REPLACED)

    async def _deliver(self) -> None:
        dirty, self._dirty = self._dirty, {}
        after = {key: seq for key in dirty if (seq := self._handed_on(key)) is not None}
        if not after:
            return
        try:
            found: Read = await self._reads.run(read_fresh, self._tell, after)
        except Exception:
            for conversation, seq in dirty.items():
                self._mark(conversation, seq)
            raise
        for conversation, fresh in found.fresh.items():
            await self._hand(conversation, fresh, dirty[conversation])
            if found.is_cut and fresh.told:
                self._mark(conversation, fresh.told[-1].seq)

    def _handed_on(self, conversation: UUID) -> int | None:
        """After which number to read; nothing where no socket knows yet where it stands."""
        followed = self._followed.get(conversation)
        return NOTHING_AFTER if followed is None else followed.cursor

    async def _hand(self, conversation: UUID, fresh: Fresh, heard: int) -> None:
        followed = self._followed.get(conversation)
        head = fresh.told[-1].seq if fresh.told else heard
        if followed is not None:
            if fresh.told:
                followed.cursor = max(followed.cursor or 0, head)
            for number, socket in enumerate(tuple(followed.sockets)):
                if number % AT_ONCE == AT_ONCE - 1:
                    await asyncio.sleep(0)
                with _surviving():
                    await _hand_to(socket, conversation, fresh)
        if head > self._fed.get(conversation, 0):
            await self._feed(conversation, fresh, head)

    async def _feed(self, conversation: UUID, fresh: Fresh, head: int) -> None:
        """Tell those who may see an event and are not subscribed that it is there."""
        if len(self._fed) >= MOST_FED:
            self._fed.pop(next(iter(self._fed)))
        self._fed[conversation] = head
        for key, ranges in fresh.entitled.items():
            if not any(one.is_open and one.sees(head) for one in ranges):
                continue
            for socket in tuple(self._people.get(key, ())):
                if not socket.follows(conversation):
                    with _surviving():
                        await socket.feed("head", conversation, head)

    async def _tell_elsewhere(self) -> None:
        told, self._elsewhere = self._elsewhere, []
        for key, conversation, seq in told:
            for socket in tuple(self._people.get(key, ())):
                with _surviving():
                    await socket.feed("read", conversation, seq)

    # Rights over time

    async def _answer_asked(self) -> None:
        asked, self._asked = self._asked, []
        concerned = [one for one in self._sockets if any(ask.concerns(one) for ask in asked)]
        if not concerned:
            return
        try:
            found = await self._reads.run(read_standing, {one.holder for one in concerned})
        except Exception:
            self._asked += asked
            raise
        for socket in concerned:
            stands = found[socket.holder]
            with _surviving():
                if isinstance(stands, Lost):
                    await socket.leave(Bye(stands.value))
                    continue
                socket.may_stay(stands.until)
            # Who may stay may still have lost a conversation.
            for conversation in socket.following():
                self._mark(conversation, 0)

    async def _sweep(self) -> None:
        """Ask of everybody again, every so often: a hint may have been lost."""
        while True:
            await asyncio.sleep(settings.SOCKET_SWEEP_SECONDS)
            self._ask(Asked())

    async def _look_at_clock(self) -> None:
        """Close what has stalled or been open for too long; ask of whose session is over."""
        while True:
            await asyncio.sleep(TICK)
            now = asyncio.get_running_loop().time()
            for socket in tuple(self._stalled):
                since = socket.stalled_since
                if since is None:
                    self._stalled.discard(socket)
                elif now - since >= settings.SOCKET_SLOW_SECONDS:
                    with _surviving():
                        await socket.leave(Bye.SLOW)
            for socket in tuple(self._sockets):
                if now >= socket.rotates_at:
                    with _surviving():
                        await socket.leave(Bye.RECONNECT)
                elif now >= socket.until:
                    one = socket.holder
                    self._ask(Asked(one.person_id, one.organization_id, one.session))

    # Heads

    def _poll_soon(self) -> None:
        """Look soon: where something goes on, a hint may be lost."""
        shortest = float(settings.SOCKET_HEAD_SECONDS)
        self._pause = shortest
        self._poll_at = min(self._poll_at, asyncio.get_running_loop().time() + shortest)

    async def _look_at_heads(self) -> None:
        """Find what hints did not tell, of all that is awaited here, by one question."""
        loop = asyncio.get_running_loop()
        was_well = False
        while True:
            await asyncio.sleep(min(TICK, max(self._poll_at - loop.time(), 0.01)))
            shortest = float(settings.SOCKET_HEAD_SECONDS)
            is_well = self._wire.is_well
            if was_well and not is_well:
                # What was said since the layer died is looked for at once.
                self._poll_at = 0.0
            was_well = is_well
            if not is_well:
                self._poll_soon()
            if loop.time() < self._poll_at:
                continue
            longer = min(max(self._pause, shortest) * 2, shortest * BACKING_OFF)
            # A long-poll is over before a long pause is.
            self._pause = longer if is_well and not self.waits.seen() else shortest
            self._poll_at = loop.time() + self._pause
            try:
                await self._compare()
            except Exception:
                logger.warning("the heads of conversations were not read", exc_info=True)

    async def _compare(self) -> None:
        known = {key: one.cursor for key, one in self._followed.items() if one.cursor is not None}
        awaited = self.waits.seen()
        if not known and not awaited:
            return
        found = await self._reads.run(read_marks, awaited.union(known))
        self.waits.compare(awaited, found)
        for conversation, seq in known.items():
            head, _epoch = found.get(conversation, (0, 0))
            if head > seq:
                self._mark(conversation, head)


async def _hand_to(socket: Socket, conversation: UUID, fresh: Fresh) -> None:
    """What one socket may see of it; and that it may no more."""
    ranges = fresh.entitled.get(key_of(socket), [])
    if fresh.told and ranges:
        one, first = ranges[0], fresh.told[0]
        if len(ranges) == 1 and one.left_seq is None and one.sees(first.seq):
            await socket.events(conversation, fresh.told)
        else:
            mine = [told for told in fresh.told if any(one.sees(told.seq) for one in ranges)]
            await socket.events(conversation, mine)
    if not any(one.is_open for one in ranges):
        await socket.revoked(conversation)


class _surviving(suppress):  # noqa: N801 - used as a statement
    """One socket that fails is nothing to the others."""

    def __init__(self) -> None:
        super().__init__(Exception)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        """Write it down."""
        if kind is not None and issubclass(kind, Exception):
            logger.warning("a socket could not be told", exc_info=error)
        return super().__exit__(kind, error, trace)
