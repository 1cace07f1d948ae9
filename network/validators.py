"""Value checks shared by forms, importers, serializers and letters."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Bidirectional embeddings, overrides and isolates turn a name into another one on screen.
# U+200C and U+200D stay: Persian and several Indic scripts need them.
_BIDI = frozenset(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Line and paragraph separators, and tags that carry text nobody sees.
_UNSEEN = frozenset(chr(c) for c in (0x2028, 0x2029, *range(0xE0000, 0xE0080)))
# Letters and signs to Unicode that are drawn as nothing: fillers of Hangul, Khmer and Braille.
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LABEL = re.compile(r"[\w](?:[\w-]{0,61}[\w])?")
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
        if (unicodedata.category(char) == "Cc" and char not in allowed) or char in _UNSEEN:
            raise ValidationError(
                _("Take out the control character U+%(code)s."),
                code="control",
                params={"code": f"{ord(char):04X}"},
            )


def is_plain_character(char: str) -> bool:
    """Whether a character may stand in one line of plain text, see `validate_plain_text`."""
    is_unfit = char in _BIDI or char in _UNSEEN or has_surrogates(char)
    return not is_unfit and unicodedata.category(char) != "Cc"


def validate_visible(text: str) -> None:
    """Refuse a text of which nothing is seen; an empty one passes.

    Raises:
        ValidationError: `blank`.
    """
    if text and not any(_is_seen(char) for char in text):
        raise ValidationError(_("Write at least one visible character."), code="blank")


def _is_seen(char: str) -> bool:
    """Whether a character alone is drawn: letters, numbers, punctuation, signs."""
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANKS


def validate_web_address(text: str) -> None:
    """Refuse what is no plain http or https address with the name of a host.

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
        good = parts.scheme in ("http", "https") and _is_host_name(parts.hostname or "")
        good = good and parts.username is None and parts.password is None and parts.port != 0
        good = good and not any(sign in text for sign in " \\")
    except ValueError:
        good = False
    if not good:
        raise ValidationError(
            _("Write a web address that begins with https://, for example https://example.org."),
            code="url",
        )


def _is_host_name(host: str) -> bool:
    """Whether it is a name with a domain: no number of a machine, no empty part."""
    labels = host.split(".")
    named = any(char.isalpha() for char in labels[-1]) and not labels[-1].startswith("0x")
    return len(labels) > 1 and named and all(map(_LABEL.fullmatch, labels))


def normalise_email(text: str) -> str:
    """The form in which an address is stored and compared: trimmed and in lower case."""
    return unicodedata.normalize("NFC", text).strip().lower()
