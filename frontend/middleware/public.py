"""Public pages are read, never written to, and may be kept for half a minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

from frontend.middleware.unchanged import with_reach
from frontend.views.errors import method_not_allowed

NAMESPACE = "frontend"
READING = ("GET", "HEAD")
# They guard against lost writes. Here nothing is written, and 412 would be an empty page.
PRECONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


def is_public(request: HttpRequest) -> bool:
    """Whether the address is one of the public pages: those of the namespace `frontend`."""
    match = request.resolver_match
    return match is not None and match.namespaces[:1] == [NAMESPACE]


class PublicAnswers:
    """Decides who may keep an answer: public pages for 30 seconds, all else for none.

    Whatever is not known to be public is `no-store`, so that a page which forgets to say so is
    kept by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response
        self._gzip = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its `Cache-Control`, text compressed; HEAD is tagged as GET."""
        response = self.get_response(request)
        is_read = request.method in READING and is_public(request)
        if is_read and request.method == "HEAD" and isinstance(response, HttpResponse):
            response = _tagged(request, response)
        keep = is_read and response.status_code in (200, 304)
        response.headers.setdefault("Cache-Control", "public, max-age=30" if keep else "no-store")
        if keep and _is_text(response):
            # Nothing on a public page is secret, so what its length tells is nothing either.
            return self._gzip.process_response(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """405 for whatever is not reading; a reader is never refused for holding an old page."""
        if not is_public(request):
            return None
        if request.method not in READING:
            return method_not_allowed(request, READING)
        for name in PRECONDITIONS:
            request.META.pop(name, None)
        return None


def _is_text(response: HttpResponseBase) -> bool:
    """Whether compressing is worth it: pictures are compressed already."""
    return response.headers.get("Content-Type", "").startswith(("text/", "application/"))


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer with its entity tag, or 304; `Unchanged` only looks at GET."""
    if response.status_code != 200:
        return response
    set_response_etag(response)
    answer = get_conditional_response(
        request, etag=response.headers.get("ETag"), response=response
    )
    return response if answer is None else with_reach(answer, response)
