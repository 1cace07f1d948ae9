"""Finding what a lost hint would have told, for all who wait in a process, by one question."""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection

from messaging.listening import Ear
from messaging.queries.delivery import Mark, marks_of
from network.tenancy import Purpose, acting, system

# So often the marks of all that is waited for are read, however many wait.
SECONDS = 5.0
logger = logging.getLogger(__name__)


class Watch:
    """Wakes those who wait for a conversation that has gone on while no hint was heard."""

    def __init__(self, ear: Ear) -> None:
        """Wake by this ear."""
        self._ear = ear
        self._known: dict[str, Mark] = {}
        self._task: asyncio.Task[None] | None = None

    def since(self, conversation: str, mark: Mark) -> None:
        """Somebody waits for a conversation and has seen it at this mark, by the text of its id.

        Of several who wait, the one who has seen least counts: the others are woken for nothing.
        """
        self._known[conversation] = min(self._known.get(conversation, mark), mark)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        """Look every few seconds for as long as anybody waits."""
        while True:
            await asyncio.sleep(SECONDS)
            awaited = self._ear.awaited()
            self._known = {key: mark for key, mark in self._known.items() if key in awaited}
            if not self._known:
                return
            try:
                found = await sync_to_async(_marks)([UUID(key) for key in self._known])
            except Exception:
                logger.warning("the marks of conversations were not read", exc_info=True)
                continue
            for key, mark in list(self._known.items()):
                now = found.get(UUID(key))
                if now != mark:
                    self._ear.wake(key)
                    self._known[key] = now or mark


def _marks(conversations: list[UUID]) -> dict[UUID, Mark]:
    hub = system(Purpose.HUB)
    try:
        with acting(hub, is_reading=True):
            return marks_of(hub, conversations)
    finally:
        # No request ends here, which would give it back. Around a test there is a transaction.
        if not connection.in_atomic_block:
            connection.close()
