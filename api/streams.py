"""Long answers, made and sent piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Generator, Iterator
from hashlib import blake2b
from threading import BoundedSemaphore

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import Throttled

from api.codings import takes_gzip

# So many at once in a process; each holds one thread, and a database connection while it reads.
AT_ONCE = 4
WAIT_SECONDS = 10
GZIP = 31
LEVEL = 4
_places = BoundedSemaphore(AT_ONCE)


class _Place:
    """One of the few places for long answers; given back when closed or forgotten."""

    def __init__(self) -> None:
        """Take one.

        Raises:
            Throttled: all are taken.
        """
        self._is_held = _places.acquire(blocking=False)
        if not self._is_held:
            raise Throttled(WAIT_SECONDS)

    def close(self) -> None:
        """Give it back, once."""
        if self._is_held:
            self._is_held = False
            _places.release()

    __del__ = close


def streamed(
    request: HttpRequest, parts: Iterator[bytes], *, mark: str, content_type: str, filename: str
) -> HttpResponseBase:
    """The parts as one answer, compressed for whoever takes that; 304 while nothing has changed.

    Each part is made when the one before it was sent, and no database connection is held between
    two, so that a slow client costs a thread and nothing else. Two answers with the same entity
    tag hold the same, but not in the same bytes.

    Raises:
        Throttled: too many are under way.
    """
    state = f"{mark} {timezone.localdate()} {request.get_full_path()}"
    etag = f'W/"{blake2b(state.encode(), digest_size=12).hexdigest()}"'
    headers = {
        "Cache-Control": "public, max-age=30",
        "Content-Disposition": f'attachment; filename="{filename}"',
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    unchanged = get_conditional_response(request, etag=etag, response=None)
    if unchanged is not None and unchanged.status_code == 304:
        for name in ("Cache-Control", "ETag", "Vary"):
            unchanged.headers[name] = headers[name]
        return unchanged
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=headers)
    place = _Place()
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        parts = _packed(parts)
    body = _held(parts, place)
    return StreamingHttpResponse(
        _one_by_one(body) if isinstance(request, ASGIRequest) else body,
        content_type=content_type,
        headers=headers,
    )


def _held(parts: Iterator[bytes], place: _Place) -> Generator[bytes, None, None]:
    """The parts, without a database connection between two; the place is given back at the end."""
    try:
        for part in parts:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            yield part
    finally:
        place.close()


def _packed(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts as one gzip file."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for part in parts:
        if some := packer.compress(part):
            yield some
    yield packer.flush()


async def _one_by_one(parts: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """The parts, each made in a thread, where the database may be asked."""
    ask = sync_to_async(lambda: next(parts, None))
    try:
        while (part := await ask()) is not None:
            yield part
    finally:
        await sync_to_async(parts.close)()
