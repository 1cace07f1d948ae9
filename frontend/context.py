"""What every page knows: this node, its languages, and the page's own address in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language, get_language_bidi

from frontend.addresses import twin

# Where "Leave this site" leads: somewhere that nobody has to explain.
LEAVE_TO = "https://www.wikipedia.org/"


@dataclass(frozen=True)
class PageLanguage:
    """One language of this node, and the address of the present page in it."""

    code: str
    name: str
    path: str
    address: str
    is_current: bool


def languages_of(path: str, query: str = "") -> list[PageLanguage]:
    """One page in each language of this node, in the order of the settings.

    `path` is the decoded path without a language; `query` the query string as it came.
    """
    tail = escape_uri_path(path) + (f"?{query}" if query else "")
    current = get_language()
    return [
        PageLanguage(
            code=code,
            name=name,
            path=twin(code, tail),
            address=settings.PUBLIC_ORIGIN + twin(code, tail),
            is_current=code == current,
        )
        for code, name in settings.LANGUAGES
    ]


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of every template; no query is made for it, so error pages can rely on it."""
    languages = languages_of(request.path_info, request.META.get("QUERY_STRING", ""))
    person = getattr(request, "person", None)
    return {
        "node_name": settings.NODE_NAME,
        "node_contact": settings.NODE_CONTACT,
        "node_origin": settings.PUBLIC_ORIGIN,
        "node_host": settings.PUBLIC_ORIGIN.split("://", 1)[-1],
        "page_languages": languages,
        "canonical": next((one.address for one in languages if one.is_current), ""),
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "page_dir": "rtl" if get_language_bidi() else "ltr",
        "leave_to": LEAVE_TO,
        "signed_in": person,
        "is_signed_in": person is not None,
    }
