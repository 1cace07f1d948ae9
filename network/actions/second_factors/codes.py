"""Codes as people type them."""

from __future__ import annotations

import unicodedata

LONGEST = 40


def plain_code(text: str) -> str:
    """The code without spaces and dashes, in lower case and Latin digits; empty where too long.

    Keyboards of many languages write digits of their own, and codes are shown in groups.
    """
    if len(text) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(_plain(char) for char in plain)


def is_app_code(code: str) -> bool:
    """Whether a plain code looks as those of a code app do."""
    return len(code) == 6 and code.isascii() and code.isdigit()


def _plain(char: str) -> str:
    # Dashes, spaces, and the marks without width that a copied text may bring along.
    if unicodedata.category(char) in ("Pd", "Zs", "Cc", "Cf"):
        return ""
    return str(unicodedata.decimal(char, char))
