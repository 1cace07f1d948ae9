"""Which addresses exist once for each language, and how they are written."""

from __future__ import annotations

import re

from django.conf import settings

# Addresses that say the same in every language, or nothing to people.
_SINGLE = (
    "/map/picture/",
    "/map/dark/",
    "/static/",
    "/api/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/favicon.ico",
    "/ws/",
)


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
