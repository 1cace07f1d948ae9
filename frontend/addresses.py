"""Which addresses exist once for each language, and how they are written."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

# Addresses that say the same in every language, or nothing to people.
_SINGLE = (
    "/map/picture/",
    "/map/dark/",
    "/static/",
    "/api/",
    "/hsds/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-",
    "/favicon.ico",
    "/ws/",
)

# Where there are sessions, forms and people.
_PRIVATE = (
    "/account/",
    "/confirm/",
    "/desk/",
    "/follow/",
    "/join/",
    "/messages/",
    "/start/ask/",
    "/steward/",
)
# Forms about one public entry have addresses of their own: its page reads no cookie.
_PRIVATE_FORM = re.compile(
    r"/programs/[^/]+/(claim|contact|object|report)/.*|/facilities/[^/]+/report/.*"
)

# What scripts on other sites may read, and pages of others may show.
_SHARED = ("/feeds/access.atom", "/feeds/programs.atom")

_TILE = re.compile(r"/map/[^/]*/[^/]*/[^/]*\.png")


def is_twinned(path: str) -> bool:
    """Whether a path without a language has a twin `/{language}/...` for each language."""
    return not (path.startswith(_SINGLE) or _TILE.fullmatch(path))


def twin(code: str, path: str) -> str:
    """The address of a path in one language."""
    return f"/{code}{path}"


def split_language(path: str) -> tuple[str | None, str]:
    """The language that a path names and the rest of it; `None` and the path where it does not.

    Only languages of this node count: any other first word is a word of the path.
    """
    first, slash, rest = path[1:].partition("/")
    if slash and first in dict(settings.LANGUAGES) and is_twinned(f"/{rest}"):
        return first, f"/{rest}"
    return None, path


def is_shared(path: str) -> bool:
    """Whether a path, in any language, may be read by the pages of other sites."""
    return split_language(path)[1] in _SHARED


def is_private(request: HttpRequest) -> bool:
    """Whether the address, its language taken off, is one of forms and of who is signed in."""
    path = request.path_info
    return path.startswith(_PRIVATE) or _PRIVATE_FORM.fullmatch(path) is not None


def path_of(name: str, *args: str) -> str:
    """The path of a public page without a language, whatever the present request asked for."""
    return split_language(reverse(f"frontend:{name}", args=args))[1]


def address_of(name: str, *args: str) -> str:
    """The whole address of a public page in the reader's language, as its page names it."""
    code = get_language() or settings.LANGUAGE_CODE
    return settings.PUBLIC_ORIGIN + twin(code, path_of(name, *args))
