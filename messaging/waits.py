"""Who waits in a process for conversations to go on, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from messaging.queries.delivery import Mark


class Waits:
    """They are woken, and told nothing: whoever wakes asks anew what they may see."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._waiting: dict[UUID, set[asyncio.Event]] = {}
        self._seen: dict[UUID, Mark] = {}

    @contextmanager
    def on(self, conversation: UUID) -> Iterator[asyncio.Event]:
        """The event that is set whenever a conversation may have gone on."""
        heard = asyncio.Event()
        self._waiting.setdefault(conversation, set()).add(heard)
        try:
            yield heard
        finally:
            rest = self._waiting[conversation]
            rest.discard(heard)
            if not rest:
                del self._waiting[conversation]
                self._seen.pop(conversation, None)

    def since(self, conversation: UUID, mark: Mark) -> None:
        """Somebody who waits for a conversation has seen it at this mark.

        Of several the one who has seen least counts: the others are woken for nothing.
        """
        self._seen[conversation] = min(self._seen.get(conversation, mark), mark)

    def wake(self, conversation: UUID) -> None:
        """A conversation has gone on."""
        for heard in self._waiting.get(conversation, ()):
            heard.set()

    def seen(self) -> set[UUID]:
        """The conversations of which it is known where those who wait saw them stand."""
        return set(self._seen)

    def compare(self, asked: Collection[UUID], found: Mapping[UUID, Mark]) -> None:
        """Of those asked for, wake whose conversation stands elsewhere than they saw it.

        One that was not found is elsewhere, too.
        """
        for conversation in asked:
            mark, now = self._seen.get(conversation), found.get(conversation)
            if mark is not None and now != mark:
                self.wake(conversation)
                self._seen[conversation] = now or mark
