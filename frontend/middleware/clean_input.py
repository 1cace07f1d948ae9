"""Damaged addresses are refused before anything looks at them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontend.views.errors import bad_request, not_found

LONGEST_PATH = 2_000
LONGEST_QUERY = 16_000
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PROBES = ("/healthz", "/readyz")


def is_damaged(text: str) -> bool:
    """Whether a text holds what no reader types: control characters, lone surrogates, U+FFFD.

    U+FFFD stands where a server has already replaced bytes that are no UTF-8. A tab is no damage:
    it comes with what people paste.
    """
    if text.isascii() and text.isprintable():
        return False
    return any(
        char == REPLACEMENT or (char != "\t" and unicodedata.category(char) in ("Cc", "Cs"))
        for char in text
    )


def is_damaged_query(query: str) -> bool:
    """Whether a query string is too long, no UTF-8 once decoded, or damaged."""
    if len(query) > LONGEST_QUERY:
        return True
    try:
        text = unquote_to_bytes(query).decode("utf-8")
    except ValueError:
        return True
    return is_damaged(text)


class CleanInput:
    """404 for a damaged path, 400 for a damaged query string or a host that is not this site's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the refusal.

        Raises:
            DisallowedHost: answered with 400. Probes name hosts of their own and are let through.
        """
        if len(request.path) > LONGEST_PATH or is_damaged(request.path):
            return not_found(request)
        if request.path not in _PROBES:
            request.get_host()
        if is_damaged_query(request.META.get("QUERY_STRING", "")):
            return bad_request(request)
        return self.get_response(request)
