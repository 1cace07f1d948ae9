"""Value checks shared by forms, importers, serializers and letters."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Bidirectional embeddings, overrides and isolates turn a name into another one on screen.
# U+200C and U+200D stay: Persian and several Indic scripts need them.
_BIDI = frozenset(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACES = frozenset("\t\n\r")
MAX_URL = 500


def has_surrogates(text: str) -> bool:
    """Whether the text holds half of a character, or the mark left by a broken one."""
    return any(0xD800 <= ord(char) <= 0xDFFF or char == "�" for char in text)


def validate_plain_text(text: str, lines: bool = True) -> None:
    """Refuse characters that no text needs and some attacks do.

    Raises:
        ValidationError: `control`, `bidi` or `encoding`; line breaks too where `lines` is false.
    """
    if has_surrogates(text):
        raise ValidationError(
            _("Part of this text was damaged on its way. Save the file as UTF-8 and try again."),
            code="encoding",
        )
    allowed = _SPACES if lines else frozenset[str]()
    for char in text:
        if char in _BIDI:
            raise ValidationError(
                _("Take out the invisible character U+%(code)s that turns the direction of text."),
                code="bidi",
                params={"code": f"{ord(char):04X}"},
            )
        if unicodedata.category(char) == "Cc" and char not in allowed:
            raise ValidationError(
                _("Take out the control character U+%(code)s."),
                code="control",
                params={"code": f"{ord(char):04X}"},
            )


def validate_web_address(text: str) -> None:
    """Refuse what is no plain http or https address with a host.

    Raises:
        ValidationError: `url` or `long`.
    """
    if len(text) > MAX_URL:
        raise ValidationError(
            _("Keep the address within %(limit)d characters."),
            code="long",
            params={"limit": MAX_URL},
        )
    validate_plain_text(text, lines=False)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
        good = good and parts.username is None and parts.password is None and " " not in text
    except ValueError:
        good = False
    if not good:
        raise ValidationError(
            _("Write a web address that begins with https://, for example https://example.org."),
            code="url",
        )


def normalise_email(text: str) -> str:
    """The form in which an address is stored and compared: trimmed and in lower case."""
    return unicodedata.normalize("NFC", text).strip().lower()
