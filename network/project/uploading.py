"""Where a long body may be sent, by whom, and how many at once.

Decided from the head alone, before any of the body is taken. What stands in a cookie or a token
is not looked up here: whoever invents one gets one of a few places, in memory and for a limited
time, and is refused by the application.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

# A file of 5 MiB, or several of a message together, and the form around it.
MAX_UPLOAD = 5 * 1024 * 1024 + 256 * 1024
# The same in base64, within JSON.
MAX_API = 7 * 1024 * 1024 + 64 * 1024
# Pictures of telephones: heard to the end so that the page can say that they are too long.
MAX_DROPPED = 40 * 1024 * 1024
AT_ONCE = 8
AT_ONCE_FROM_SOURCE = 3

_SLUG = rb"[A-Za-z0-9_-]{1,80}"
_ID = rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FORMS = re.compile(
    rb"(?:/[a-z]{2,3})?/(?:desk/"
    + _SLUG
    + rb"/(?:documents|files/logo|files/photo/"
    + _ID
    + rb")|messages/"
    + _ID
    + rb")/"
)
_API = re.compile(
    rb"/api/v1/(?:organizations/"
    + _SLUG
    + rb"/(?:documents|logo|programs/"
    + _ID
    + rb"/photo)|conversations/"
    + _ID
    + rb"/events)/"
)


def is_upload(method: bytes, target: bytes) -> bool:
    """Whether a request line is one by which a file is sent."""
    path = target.split(b"?", 1)[0]
    return method == b"POST" and (is_form(path) or _API.fullmatch(path) is not None)


def is_form(target: bytes) -> bool:
    """Whether a page with a form for files stands at an address."""
    return _FORMS.fullmatch(target.split(b"?", 1)[0]) is not None


def longest(target: bytes) -> int:
    """How long a body with a file may be at an address."""
    return MAX_UPLOAD if is_form(target) else MAX_API


def names_somebody(headers: Any) -> bool:
    """Whether a head carries the cookie of a session, or a token."""
    cookie = settings.SESSION_COOKIE_NAME.encode() + b"="
    sent = b";".join(headers.getRawHeaders(b"cookie") or ())
    crumbs = (crumb.strip() for crumb in sent.split(b";"))
    if any(crumb.startswith(cookie) and crumb != cookie for crumb in crumbs):
        return True
    tokens = headers.getRawHeaders(b"authorization") or ()
    return any(token[:7].lower() == b"bearer " and token[7:].strip() for token in tokens)


@dataclass
class Uploading:
    """The long bodies that are taken in or held at the moment, by where they come from."""

    _sources: list[bytes | None] = field(default_factory=list)

    def take(self, source: bytes | None) -> bool:
        """Take a place for one more, where there is one; behind a proxy only the total counts."""
        is_full = len(self._sources) >= AT_ONCE
        if is_full or (source and self._sources.count(source) >= AT_ONCE_FROM_SOURCE):
            return False
        self._sources.append(source)
        return True

    def leave(self, source: bytes | None) -> None:
        """Give the place back."""
        self._sources.remove(source)
