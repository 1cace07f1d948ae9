"""Long answers, sent piece by piece: few at once, and no faster than their reader takes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from threading import BoundedSemaphore

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

# So many at once in a process; each holds one thread, and a database connection while it reads.
AT_ONCE = 4
WAIT_SECONDS = 10
places = BoundedSemaphore(AT_ONCE)


class AllTakenError(Exception):
    """Too many long answers are under way; try again in `WAIT_SECONDS`."""


class Place:
    """One of the few places for long answers; given back when closed or forgotten."""

    def __init__(self) -> None:
        """Take one.

        Raises:
            AllTakenError: there is none.
        """
        self._is_held = places.acquire(blocking=False)
        if not self._is_held:
            raise AllTakenError

    def close(self) -> None:
        """Give it back, once."""
        if self._is_held:
            self._is_held = False
            places.release()

    __del__ = close


def in_parts(
    request: HttpRequest, parts: Iterator[bytes], place: Place, content_type: str
) -> StreamingHttpResponse:
    """The parts as one answer, which holds the place until its end.

    Each part is made when the one before it was sent, and no database connection is held between
    two, so that a slow client costs a thread and nothing else.
    """
    body = _held(parts, place)
    return StreamingHttpResponse(
        _one_by_one(body) if isinstance(request, ASGIRequest) else body,
        content_type=content_type,
    )


def _held(parts: Iterator[bytes], place: Place) -> Generator[bytes, None, None]:
    """The parts, without a database connection between two; the place is given back at the end."""
    try:
        for part in parts:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            yield part
    finally:
        place.close()


async def _one_by_one(parts: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """The parts, each made in a thread, where the database may be asked."""
    ask = sync_to_async(lambda: next(parts, None))
    try:
        while (part := await ask()) is not None:
            yield part
    finally:
        await sync_to_async(parts.close)()
