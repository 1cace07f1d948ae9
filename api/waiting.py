"""Long-polls: a question that is asked again until there is something to answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from api.v1.shell.waiting import KEY, Look
from messaging.hub import Hub

Message = dict[str, Any]
Application = Callable[..., Awaitable[None]]
_PATH = re.compile(r"/api/v1/conversations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/events/")


class Waiting:
    """An ASGI application that asks the one within again when it may have something to tell.

    Each look is a request of its own: token, role and part in the conversation are asked for anew,
    by the same code, and what the last one answers is the answer. Between two looks there is
    neither a thread nor a connection to the database.
    """

    def __init__(self, application: Application, hub: Hub) -> None:
        """Stand around an application, and be woken by the hub of this process."""
        self._application = application
        self._hub = hub

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Answer at once, or as soon as there is something."""
        asked = _PATH.fullmatch(scope.get("path", ""))
        if asked is None or scope["method"] != "GET" or b"wait=" not in scope["query_string"]:
            await self._application(scope, receive, send)
            return
        look, gone = Look(), asyncio.Event()
        watch = asyncio.ensure_future(_watch(receive, gone))
        conversation = UUID(asked[1])
        try:
            with self._hub.waits.on(conversation) as heard:
                answer = await self._answer(scope, look, conversation, heard, gone)
            for message in answer:
                await send(message)
        finally:
            look.end()
            watch.cancel()

    async def _answer(
        self,
        scope: Message,
        look: Look,
        conversation: UUID,
        heard: asyncio.Event,
        gone: asyncio.Event,
    ) -> list[Message]:
        """What the last look answers; nothing where nobody is there any more to read it."""
        now = asyncio.get_running_loop().time
        answer = await self._look(scope, look, gone)
        end = now() + look.seconds
        while look.seconds and now() < end:
            self._hub.wait(conversation, look.mark)
            await _first(heard, gone, end - now())
            if gone.is_set():
                return []
            heard.clear()
            answer = await self._look(scope, look, gone)
        return answer

    async def _look(self, scope: Message, look: Look, gone: asyncio.Event) -> list[Message]:
        """One answer of the application within."""
        look.begin()
        answer: list[Message] = []
        is_asked = False

        async def receive() -> Message:
            nonlocal is_asked
            if is_asked:
                await gone.wait()
                return {"type": "http.disconnect"}
            is_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            answer.append(message)

        await self._application({**scope, KEY: look}, receive, send)
        return answer


async def _watch(receive: Callable[[], Awaitable[Message]], gone: asyncio.Event) -> None:
    """Note that whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


async def _first(heard: asyncio.Event, gone: asyncio.Event, seconds: float) -> None:
    """Until one of both is set, or that time is over."""
    waits = [asyncio.ensure_future(one.wait()) for one in (heard, gone)]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*waits, return_exceptions=True)
