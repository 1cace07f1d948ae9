"""Answers that are kept whole until the public directory changes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from directory.queries.revisions import directory_revision

PREFIX = "/api/v1/map/"
BYTES = 8 * 1024 * 1024
LARGEST = 64 * 1024
LONGEST_QUERY = 400
# For so long the directory is not asked whether it has changed; pages may be kept for longer.
SECONDS = 1.0
_MARK = "kept_by_mark"


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer, as it is and compressed, and the state of the directory that it shows."""

    state: str
    plain: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


def kept(response: HttpResponse, mark: str) -> HttpResponse:
    """The response, to be kept while the directory has this mark; not at all without one."""
    setattr(response, _MARK, mark)
    return response


class KeptAnswers:
    """Answers what was asked before without asking again; bounded in bytes, least asked goes.

    It stands before everything else, so a kept answer costs little more than an empty page. What
    the other parts added to the first answer is kept with it. The day is part of the state, since
    ages are counted in days. A change is seen within a second, by every process on its own.
    """

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponseBase],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Stand around `get_response`; `clock` counts seconds."""
        self.get_response = get_response
        self._clock = clock
        self._seen = ("", -SECONDS)
        self._answers: LRUCache[str, _Answer] = LRUCache(BYTES, getsizeof=_weight)
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The kept answer, a new one, or 304."""
        if request.method not in ("GET", "HEAD") or not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        key = request.get_full_path()
        with self._lock:
            answer = self._answers.get(key)
        if answer is None or answer.state != self._state():
            response = self.get_response(request)
            mark = getattr(response, _MARK, None)
            if mark is None or not isinstance(response, HttpResponse):
                return response
            answer = _answer_from(response, mark)
            if mark and len(answer.plain) <= LARGEST and len(key) <= LONGEST_QUERY:
                with self._lock:
                    self._answers[key] = answer
        return _response_from(request, answer)

    def _state(self) -> str:
        """The state of the directory, asked of the database at most once a second."""
        state, seen_at = self._seen
        now = self._clock()
        if now - seen_at >= SECONDS:
            state = _state(directory_revision())
            self._seen = (state, now)
        return state


def _state(mark: str) -> str:
    return f"{mark} {timezone.localdate()}"


def _weight(answer: _Answer) -> int:
    return len(answer.plain) + len(answer.packed) + 1024


def _answer_from(response: HttpResponse, mark: str) -> _Answer:
    body = response.content
    digest = blake2b(body, digest_size=12).hexdigest()
    headers = {**response.headers, "Cache-Control": "public, max-age=30"}
    headers |= {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    headers.pop("Content-Length", None)
    packed = gzip.compress(body, 6, mtime=0)
    return _Answer(_state(mark), body, packed, tuple(headers.items()), digest)


def _response_from(request: HttpRequest, answer: _Answer) -> HttpResponseBase:
    """The answer in the coding that the client takes; an entity tag for each coding."""
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(answer.packed if packs else answer.plain)
    for name, value in answer.headers:
        response.headers[name] = value
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    etag = f'"{answer.etag}{"-gz" if packs else ""}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
