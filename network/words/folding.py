"""Text as it is compared: without case, accents and other marks that people leave out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart although people write them plain.
_LATIN = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "\u0131": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# Forms of one Arabic letter: wasla, ta marbuta, alef maqsura, and what Persian, Urdu, Kurdish
# and Sindhi keyboards write for kaf, ya and ha. The tatweel only makes a word wider.
_ARABIC = {
    "\u0671": "\u0627",
    "\u0629": "\u0647",
    "\u06c3": "\u0647",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06d2": "\u064a",
    "\u06a9": "\u0643",
    "\u06aa": "\u0643",
    "\u06c1": "\u0647",
    "\u06be": "\u0647",
    "\u06d5": "\u0647",
    "\u0640": "",
}
_PLAIN = str.maketrans(_LATIN | _ARABIC)
# Marks that are part of a letter: viramas and nuktas of India, voicing marks of Japan.
_KEPT = frozenset((0, 7, 8, 9))
_VARIATION = frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The same as `folded`, remembered for a while: for public texts only."""
    return folded(text)


def folded(text: str) -> str:
    """The text in lower case, without accents and invisible signs, with single spaces.

    Forms of one Arabic letter become one, digits of every script 0 to 9. Folding twice changes
    nothing. Words of a folded question are looked up in folded text.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in apart if _is_kept(char)).translate(_PLAIN)
    joined = unicodedata.normalize("NFKC", plain).casefold().translate(_PLAIN)
    return " ".join("".join(map(_digit, joined)).split())


def _is_kept(char: str) -> bool:
    """Whether a sign of a text that was taken apart says more than how it is to be drawn."""
    if char.isascii():
        return True
    is_drawing = unicodedata.category(char) == "Cf" or char in _VARIATION
    return unicodedata.combining(char) in _KEPT and not is_drawing


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
