"""Clients of the log as they should be: those who write until they are told it is kept, and those
who read on from the last number that they have.

Each is a thread with one connection. Whatever goes wrong on the way, a line that breaks, an answer
of the 500s or a 429, it waits a little and asks again: a message by the same `client_id`, events
after the same number.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SECONDS = 40
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
WAIT = 10
PATH = "/api/v1/conversations/{}/events/"


@dataclass(frozen=True)
class Kept:
    """What a client was told: this text of this writer has this number."""

    conversation: str
    id: str
    client_id: str
    seq: int
    body: str


@dataclass
class Line:
    """A connection with a token, made anew whenever it breaks; what went wrong is counted."""

    port: int
    token: str
    wrong: Counter[str] = field(default_factory=Counter)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
        """Status and document of the first answer that is one, however often it takes.

        Raises:
            RuntimeError: it is refused, which no retry mends.
        """
        pause = FIRST_PAUSE
        while True:
            answer = self._try(method, path, body)
            if answer is not None:
                return answer
            # Half of it by chance, so that all do not come back at once.
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    def _try(self, method: str, path: str, body: bytes | None) -> tuple[int, Any] | None:
        headers = {
            "Host": f"localhost:{self.port}",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        }
        is_sent = False
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=SECONDS
                )
                self._connection.connect()
            self._connection.request(method, path, body=body, headers=headers)
            is_sent = True
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.wrong["no answer" if is_sent else "no connection"] += 1
            self.close()
            return None
        if answer.status == 429 or answer.status >= 500:
            self.wrong[str(answer.status)] += 1
            return None
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return answer.status, json.loads(text)

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Correspondent(threading.Thread):
    """A client in a thread; what ended it too early is in `error`."""

    def __init__(self, line: Line) -> None:
        """Ask over this line."""
        super().__init__(daemon=True)
        self.line = line
        self.error: Exception | None = None

    def run(self) -> None:
        """Do the work."""
        try:
            self.work()
        except Exception as error:  # noqa: BLE001 - the proof looks at it
            self.error = error
        finally:
            self.line.close()

    def work(self) -> None:
        """What this one does."""
        raise NotImplementedError


class Writer(Correspondent):
    """Sends numbered messages one after the other, to each of its conversations in turn."""

    def __init__(self, line: Line, name: str, conversations: list[str], messages: int) -> None:
        """So many messages, each sent until it is acknowledged."""
        super().__init__(line)
        self.name, self._conversations, self._messages = name, conversations, messages
        self.kept: list[Kept] = []
        self.repeats = 0

    def work(self) -> None:
        """Send all of them."""
        for number in range(self._messages):
            conversation = self._conversations[number % len(self._conversations)]
            client_id, text = str(uuid.uuid4()), f"{self.name} {number}"
            message = {"client_id": client_id, "kind": "message", "body": text, "language": "en"}
            status, told = self.line.ask(
                "POST", PATH.format(conversation), json.dumps(message).encode()
            )
            if status not in (200, 201) or told["state"] != "committed":
                raise RuntimeError(f"{status} {told}")
            self.repeats += status == 200
            self.kept.append(Kept(conversation, told["id"], client_id, told["seq"], text))


class Reader(Correspondent):
    """Follows one conversation by long-poll; notes every number in the order it came."""

    def __init__(self, line: Line, conversation: str) -> None:
        """From the first event on."""
        super().__init__(line)
        self.conversation = conversation
        self.seen: list[tuple[int, str, str]] = []
        self.until: int | None = None

    def work(self) -> None:
        """Read on until the number that `until` says, once it says one."""
        path = PATH.format(self.conversation)
        while self.until is None or self._cursor < self.until:
            query = f"?after={self._cursor}&limit=200&wait={WAIT if self.until is None else 1}"
            _status, page = self.line.ask("GET", path + query)
            self.seen += [(one["seq"], one["id"], one["body"]) for one in page["results"]]

    @property
    def _cursor(self) -> int:
        return self.seen[-1][0] if self.seen else 0
