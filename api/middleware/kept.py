"""Answers for machines: shared with every origin, and kept whole until the directory changes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from api.codings import takes_gzip
from directory.queries.revisions import directory_revision

PREFIXES = ("/api/v1/", "/hsds/")
BYTES = 16 * 1024 * 1024
LARGEST = 512 * 1024
LONGEST_QUERY = 400
# For so long the directory is not asked whether it has changed; pages may be kept for longer.
SECONDS = 1.0
# How hard bodies are compressed: what is short as well as can be, what is long in good time.
SHORT, HARD, QUICK = 16 * 1024, 6, 4
# What scripts on pages of others may read, and send beside what every page may.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
READING = ("GET", "HEAD")
_MARK = "kept_by_mark"
_PRIVATE = "is_private"
_SEEN = "mark_of_the_directory"


class _Answer:
    """One answer and the state of the directory that it shows; compressed when first asked so."""

    __slots__ = ("etag", "headers", "packed", "plain", "state")

    def __init__(self, response: HttpResponse, state: str) -> None:
        """What other parts added to the response is kept with it."""
        self.state = state
        self.plain = response.content
        self.packed = b""
        self.etag = blake2b(self.plain, digest_size=12).hexdigest()
        headers = {**response.headers, "Cache-Control": "public, max-age=30"}
        headers |= {**SHARED, "Vary": "Accept-Encoding"}
        headers.pop("Content-Length", None)
        self.headers = tuple(headers.items())

    @property
    def weight(self) -> int:
        """Bytes in memory, with room for the compressed form."""
        return len(self.plain) * 3 // 2 + 1024

    def body(self, packs: bool) -> bytes:
        """The bytes, compressed once for all who take that."""
        if packs and not self.packed:
            level = HARD if len(self.plain) <= SHORT else QUICK
            self.packed = gzip.compress(self.plain, level, mtime=0)
        return self.packed if packs else self.plain


def kept(response: HttpResponse, mark: str) -> HttpResponse:
    """The response, to be kept while the directory has this mark; not at all without one."""
    setattr(response, _MARK, mark)
    return response


def private(response: HttpResponseBase) -> HttpResponseBase:
    """The response, neither kept nor shared with other origins, whoever asked."""
    setattr(response, _PRIVATE, True)
    response.headers["Cache-Control"] = "no-store"
    return response


def mark_of(request: HttpRequest | Request) -> str:
    """The mark of the directory from before the request was answered, at most a second old.

    What is read after it is no older than it says.
    """
    seen: Callable[[], str] | None = getattr(request, _SEEN, None)
    return directory_revision() if seen is None else seen().partition(" ")[0]


class KeptAnswers:
    """Answers what was asked before without asking again; bounded in bytes, least asked goes.

    It stands before everything else, so a kept answer costs little more than an empty page. What
    the other parts added to the first answer is kept with it. The day is part of the state, since
    ages are counted in days. A change is seen within a second, by every process on its own.

    What is read without an account may be read by the pages of every origin; what comes with an
    account is neither kept nor shared here.
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
        self._answers: LRUCache[str, _Answer] = LRUCache(BYTES, getsizeof=lambda one: one.weight)
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The kept answer, a new one, or 304."""
        if not request.path_info.startswith(PREFIXES) or "Authorization" in request.headers:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers=SHARED | PREFLIGHT)
        if request.method not in READING:
            return self.get_response(request)
        return self._read(request)

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        key = request.get_full_path()
        with self._lock:
            answer = self._answers.get(key)
        if answer is None or answer.state != self._state():
            setattr(request, _SEEN, self._state)
            response = self.get_response(request)
            if getattr(response, _PRIVATE, False):
                return response
            mark = getattr(response, _MARK, None)
            if mark is None or not isinstance(response, HttpResponse):
                for name, value in SHARED.items():
                    response.headers[name] = value
                return response
            answer = _Answer(response, _state(mark))
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


def _response_from(request: HttpRequest, answer: _Answer) -> HttpResponseBase:
    """The answer in the coding that the client takes; an entity tag for each coding."""
    packs = takes_gzip(request)
    etag = f'"{answer.etag}{"-gz" if packs else ""}"'
    response = HttpResponse()
    for name, value in answer.headers:
        response.headers[name] = value
    response.headers["ETag"] = etag
    unchanged = get_conditional_response(request, etag=etag, response=response)
    # Nothing is written here: whoever guards against a lost write is answered all the same.
    if unchanged is not None and unchanged.status_code == 304:
        for name, value in SHARED.items():
            unchanged.headers[name] = value
        return unchanged
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.content = answer.body(packs)
    return response
