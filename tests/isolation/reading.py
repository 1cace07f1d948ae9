"""Reading an answer in every way in which something could stand in it."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
import unicodedata
from urllib.parse import unquote_plus

from django.core import signing

from frontend.pictures import signer

PICTURE = re.compile(r"/map/picture/(?:light|dark)\.png\?p=([^\"'&\s<]+)")
_ESCAPED = re.compile(r"(?:\\u[0-9a-f]{4})+", re.IGNORECASE)
_CODED = re.compile(r"[A-Za-z0-9_+/-]{8,}")
_LABEL = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)


def readings(text: str) -> str:
    """A text as it stands and decoded: percent, HTML, JSON, base64, punycode, pictures; folded.

    Codes within codes are found too: an address with a cursor in an attribute, for example.
    """
    plain = html.unescape(text)
    for _time in range(2):
        plain += "\n" + unquote_plus(plain) if "%" in plain or "+" in plain else ""
    plain = _ESCAPED.sub(lambda found: json.loads(f'"{found[0]}"'), plain)
    parts = [text, plain]
    parts += (_picture(token) for token in set(PICTURE.findall(plain)))
    parts += (_decoded(token) for token in set(_CODED.findall(PICTURE.sub("", plain))))
    parts += (_label(label) for label in set(_LABEL.findall(plain)))
    return folded("\n".join(parts))


def folded(text: str) -> str:
    """A text in which letters that look alike are alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def _picture(token: str) -> str:
    try:
        return json.dumps(signer.unsign_object(unquote_plus(token)))
    except signing.BadSignature:
        return ""


def _decoded(token: str) -> str:
    """What base64 of either alphabet says, if it says a text."""
    raw = token.replace("+", "-").replace("/", "_")
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""


def _label(label: str) -> str:
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        return ""
