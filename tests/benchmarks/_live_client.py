"""A client of the socket as it should be, which loses nothing that it was told is kept.

It applies only the event after the last that it has, keeps what came too early and asks for what
is missing, sends each message by one `client_id` until it is acknowledged, returns credit, and
connects again, to any worker, whenever its line breaks. With `follows_rule` false it does what the
pages of tutorials do: it shows whatever arrives, as it arrives.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.benchmarks._correspondents import Kept
from tests.benchmarks._live_http import ask

CREDIT, RETURN_AT = 64, 16
# Shorter than a browser's, so that a proof of minutes sees what a day would show.
PING_SECONDS, PONG_SECONDS, ACK_SECONDS = 2.0, 10.0, 8.0
ASK_AGAIN_SECONDS = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
OPEN_SECONDS = 10.0
PAGE = 500

Shown = tuple[int, str, str]


class Refused(Exception):  # noqa: N818 - what a server may say
    """What no retry mends."""


@dataclass
class Message:
    """One that is to be sent, and is sent again until it is acknowledged."""

    conversation: str
    client_id: str
    body: str
    acknowledged: asyncio.Future[dict[str, Any]]

    @property
    def frame(self) -> dict[str, Any]:
        """What goes over the line."""
        return {
            "type": "send",
            "conversation": self.conversation,
            "client_id": self.client_id,
            "kind": "message",
            "body": self.body,
            "language": "en",
        }


@dataclass
class Log:
    """What one client shows of one conversation, and what it keeps for later."""

    cursor: int = 0
    # What this client may see comes after it.
    start: int = 0
    shown: list[Shown] = field(default_factory=list)
    early: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked_at: float = 0.0
    is_paged: bool = False

    def take(self, event: dict[str, Any]) -> None:
        """Show what follows on the last, and whatever was kept that follows on that."""
        if event["seq"] > self.cursor:
            self.early[event["seq"]] = event
        while (following := self.early.pop(self.cursor + 1, None)) is not None:
            self.show(following)
        for seq in [one for one in self.early if one <= self.cursor]:
            del self.early[seq]

    def show(self, event: dict[str, Any]) -> None:
        """Put it at the end."""
        self.cursor = max(self.cursor, event["seq"])
        self.shown.append((event["seq"], event["id"], event.get("body") or ""))


class Client:
    """One person with one socket, in some conversations; it writes and reads."""

    def __init__(
        self, name: str, token: str, ports: Sequence[int], conversations: Sequence[str], seed: int
    ) -> None:
        """Not connected yet; `ports` are those of the workers, any of which will do."""
        self.name, self.ports = name, ports
        self.logs = {key: Log() for key in conversations}
        self.kept: list[Kept] = []
        self.wrong: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.repeats = 0
        self.follows_rule = True
        self.error: BaseException | None = None
        self._token, self._chance = token, random.Random(seed)  # noqa: S311 - no secret
        self._pending: dict[str, Message] = {}
        self._line: ClientConnection | None = None
        self._device = str(uuid.uuid4())
        self._frames = self._bytes = 0
        self._ponged_at, self._port = 0.0, 0
        self._difference = ("", "")
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def headers(self) -> dict[str, str]:
        """By which a worker knows who asks."""
        return {"Authorization": f"Bearer {self._token}"}

    async def stay(self) -> None:
        """Be connected until cancelled, however often the line breaks."""
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            with suppress(TimeoutError, OSError, WebSocketException):
                await self._connected(self._chance.choice(self.ports))
            self.wrong["tries that failed" if self._line is None else "lines that broke"] += 1
            self._line = None
            pause = FIRST_PAUSE if time.monotonic() - began > 2 else min(pause * 2, LONGEST_PAUSE)
            # Half of it by chance, so that all do not come back at once.
            await asyncio.sleep(pause * self._chance.uniform(0.5, 1))

    async def write(self, number: int) -> None:
        """Send so many messages, each when the one before is acknowledged."""
        conversations = list(self.logs)
        for turn in range(number):
            await self.say(conversations[turn % len(conversations)], f"{self.name} {turn}")

    async def say(self, conversation: str, body: str) -> dict[str, Any]:
        """The acknowledgement of one message, however often it must be sent.

        Raises:
            Refused: no retry would mend it.
        """
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        message = Message(conversation, str(uuid.uuid4()), body, future)
        self._pending[message.client_id] = message
        while not future.done():
            await self._give(message.frame)
            await asyncio.wait([future], timeout=ACK_SECONDS)
        del self._pending[message.client_id]
        told = future.result()
        if told.get("state") != "committed":
            raise Refused(f"{told}")
        self.repeats += bool(told.get("dup"))
        self.kept.append(Kept(conversation, told["id"], message.client_id, told["seq"], body))
        return told

    def has(self, heads: dict[str, int]) -> bool:
        """Whether it shows everything up to these numbers, of the conversations that it is in."""
        return all(self.logs[key].cursor >= seq for key, seq in heads.items() if key in self.logs)

    async def _connected(self, port: int) -> None:
        async with connect(
            f"ws://127.0.0.1:{port}/ws/v1/",
            additional_headers={**self.headers, "Host": f"localhost:{port}"},
            subprotocols=["nv1"],  # type: ignore[list-item]  # a str is one
            compression=None,
            ping_interval=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=1,
            proxy=None,
        ) as line:
            self._frames = self._bytes = 0
            self._port = port
            resume = {"feed": 0, "conversations": {k: one.cursor for k, one in self.logs.items()}}
            hello = {"type": "hello", "v": 1, "device_id": self._device}
            await line.send(json.dumps({**hello, "resume": resume, "credit": CREDIT}))
            welcome = json.loads(await asyncio.wait_for(line.recv(), OPEN_SECONDS))
            if welcome["type"] != "welcome":
                await self._told(welcome)
                return
            self._line, self._ponged_at = line, time.monotonic()
            for message in list(self._pending.values()):
                await line.send(json.dumps(message.frame))
            ping = self._also(self._ping(line))
            try:
                async for text in line:
                    await self._heard(str(text))
            finally:
                ping.cancel()

    async def _heard(self, text: str) -> None:
        frame = json.loads(text)
        if frame["type"] in ("event", "feed"):
            self._frames, self._bytes = self._frames + 1, self._bytes + len(text)
            if self._frames >= RETURN_AT or self._bytes > 64 * 1024:
                await self._give({"type": "ack", "frames": self._frames})
                self._frames = self._bytes = 0
        await self._told(frame)

    async def _told(self, frame: dict[str, Any]) -> None:
        handler = getattr(self, f"_told_{frame['type']}", None)
        if handler is not None:
            await handler(frame)

    async def _told_feed(self, frame: dict[str, Any]) -> None:
        if frame["kind"] == "head":
            await self._ask_for(frame["conversation"])

    async def _told_bye(self, frame: dict[str, Any]) -> None:
        self.codes[f"bye {frame['code']}"] += 1

    async def _told_revoked(self, frame: dict[str, Any]) -> None:
        self.codes["revoked"] += 1

    async def _told_gap(self, frame: dict[str, Any]) -> None:
        self._also(self._page(frame["conversation"], frame["to"]))

    async def _told_ack(self, frame: dict[str, Any]) -> None:
        message = self._pending.get(frame["client_id"])
        if message is not None and not message.acknowledged.done():
            message.acknowledged.set_result(frame)

    async def _told_reset(self, frame: dict[str, Any]) -> None:
        """Begin where one may: for who came in later, or whose cursor was no number of the log."""
        log = self.logs[frame["conversation"]]
        if log.shown:
            self.codes[f"reset {frame['reason']}"] += 1
        else:
            log.start = frame["seq"]
        log.cursor = frame["seq"]

    async def _told_event(self, event: dict[str, Any]) -> None:
        log = self.logs[event["conversation"]]
        if not self.follows_rule:
            log.show(event)
            return
        log.take(event)
        if log.early and not log.is_paged:
            await self._ask_for(event["conversation"])

    async def _ask_for(self, conversation: str) -> None:
        """Ask for what follows on the last, but not while such an answer is under way."""
        log = self.logs.get(conversation)
        if log is None or time.monotonic() - log.asked_at < ASK_AGAIN_SECONDS:
            return
        log.asked_at = time.monotonic()
        self.wrong["asked for what was missing"] += 1
        await self._give({"type": "sub", "conversation": conversation, "since": log.cursor})

    async def _page(self, conversation: str, until: int) -> None:
        """Read over HTTP what is too much for the socket, from the worker that said so."""
        log, port = self.logs[conversation], self._port
        if log.is_paged:
            return
        log.is_paged = True
        self.wrong["paged over HTTP"] += 1
        try:
            while log.cursor < until:
                path = f"/api/v1/conversations/{conversation}/events/"
                query = f"?after={log.cursor}&limit={PAGE}"
                status, page = await ask(port, "GET", path + query, headers=self.headers)
                if status != 200 or not page["results"]:
                    raise OSError(f"{status}")
                for event in page["results"]:
                    log.take(event)
        except OSError:
            self.wrong["pages that failed"] += 1
        finally:
            log.is_paged, log.asked_at = False, 0.0
        await self._ask_for(conversation)

    async def _told_pong(self, frame: dict[str, Any]) -> None:
        """Where the same difference is told twice, ask for everything anew."""
        self._ponged_at = time.monotonic()
        difference = (frame.get("heads_digest", ""), self._digest())
        is_again = difference == self._difference and difference[0] != difference[1]
        self._difference = difference
        if is_again and self.follows_rule:
            self.wrong["heads that differed"] += 1
            for key in self.logs:
                await self._ask_for(key)

    def _digest(self) -> str:
        lines = "".join(f"{key}:{self.logs[key].cursor}\n" for key in sorted(self.logs))
        return hashlib.sha256(lines.encode()).hexdigest()[:16]

    async def _told_error(self, frame: dict[str, Any]) -> None:
        self.codes[f"error {frame['code']}"] += 1
        message = self._pending.get(frame.get("client_id") or "")
        if message is None or message.acknowledged.done():
            return
        if frame["code"] not in ("rate", "retry"):
            message.acknowledged.set_exception(Refused(f"{frame}"))
            return
        delay = (frame.get("retry_ms") or 500) / 1000
        self._also(self._later(delay * self._chance.uniform(1, 1.5), message))

    async def _later(self, seconds: float, message: Message) -> None:
        await asyncio.sleep(seconds)
        if not message.acknowledged.done():
            await self._give(message.frame)

    async def _ping(self, line: ClientConnection) -> None:
        """Ask whether the line is alive, and give it up where nobody answers."""
        for number in range(1_000_000):
            await asyncio.sleep(PING_SECONDS)
            if time.monotonic() - self._ponged_at > PONG_SECONDS + PING_SECONDS:
                self.wrong["lines given up"] += 1
                line.transport.abort()
                return
            await self._give({"type": "ping", "n": number})

    async def _give(self, frame: dict[str, Any]) -> None:
        if self._line is not None:
            with suppress(OSError, WebSocketException):
                await self._line.send(json.dumps(frame))

    def _also(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
