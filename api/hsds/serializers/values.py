"""Values as HSDS wants them: addresses, moments, one text of several, ids of small entries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from directory.ids import row_id
from network.validators import validate_web_address

ENGLISH = "en"
# What RFC 3986 lets stand in a path beside letters and digits; a query and a fragment may hold
# "?" too. A percent sign that begins no escape is one that somebody forgot to escape.
_PATH = "/:@!$&'()*+,;=-._~%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

Document = dict[str, Any]


def known(said: Mapping[str, Any]) -> Document:
    """The same without what is not known: HSDS has no null, and an empty text says nothing."""
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def here(path: str) -> str:
    """The address of a path of this node."""
    return f"{settings.PUBLIC_ORIGIN}{path}"


def page_here(shelf: str, slug: str) -> str:
    """The address of the page about a row, for people."""
    return here(f"/{shelf}/{quote(slug, safe='')}/")


def entry_id(kind: str, *parts: object) -> str:
    """The id of an entry that is no row of its own; always the same for the same parts."""
    return str(row_id(f"hsds-{kind}", ":".join(str(part) for part in parts)))


def uri(value: object) -> str:
    """A web address as RFC 3986 writes it, in ASCII; empty where it is none."""
    if not isinstance(value, str) or not value:
        return ""
    try:
        validate_web_address(value)
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValidationError, UnicodeError):
        return ""
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{_escaped(parts.query, '?')}" if parts.query else ""
    fragment = f"#{_escaped(parts.fragment, '?')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{_escaped(parts.path)}{query}{fragment}"


def email(value: object) -> str:
    """An e-mail address; empty where it is none that every reader of HSDS understands."""
    if not isinstance(value, str) or not value.isascii():
        return ""
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value


def moment(value: dt.datetime) -> str:
    """A moment of RFC 3339 in UTC, to the millisecond."""
    utc = value.astimezone(dt.UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def texts(value: object) -> dict[str, str]:
    """Texts by language, sorted by their languages, without what is none."""
    if not isinstance(value, Mapping):
        return {}
    pairs = sorted(value.items())
    return {code: text for code, text in pairs if isinstance(text, str) and text}


def words(value: object) -> list[str]:
    """The words of a list, each once."""
    if not isinstance(value, list):
        return []
    return list(dict.fromkeys(word for word in value if isinstance(word, str) and word))


def one_text(value: object, own: str = "") -> str:
    """The one text for readers that know no languages: English, else `own`, else the first."""
    found = texts(value)
    for code in (ENGLISH, own, *found):
        if code in found:
            return found[code]
    return ""


def other_name(names: object, name: str) -> str:
    """Another name than this one, English before others; empty where there is none."""
    others = {code: other for code, other in texts(names).items() if other != name}
    return one_text(others)


def _escaped(text: str, more: str = "") -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=_PATH + more)
