"""Names of places as they are compared: what a reader types and what the list of towns holds."""

from __future__ import annotations

import re
import unicodedata

from network.validators import has_surrogates
from network.words.folding import fold

MAX_ASKED = 120
# Left out: what stands within a word and people leave out.
_WITHIN = frozenset("'\u2018\u2019\u02bb\u02bc\u02bf\u02be\u00b4`\u0640")
_KEPT = "LMN"
_PLAIN = re.compile(r"[a-z0-9 ]*")
_INITIALS = re.compile(r"(?<!\w)(\w) (?=\w(?!\w))")


def place_key(text: str) -> str:
    """The name folded, without apostrophes, with single spaces for hyphens, points and the like.

    Initials stand together: "U.S.A." and "U S A" are "usa". Empty where no letter or digit is
    left. Doing it twice changes nothing.
    """
    folded = fold(text)
    if not _PLAIN.fullmatch(folded):
        folded = " ".join("".join(map(_compared, folded)).split())
    return _INITIALS.sub(r"\1", folded)


def asked_key(text: str) -> str:
    """The key of what a reader typed; empty where it is damaged or longer than any name."""
    if len(text) > MAX_ASKED or has_surrogates(text):
        return ""
    return place_key(text)


def _compared(char: str) -> str:
    if char in _WITHIN:
        return ""
    kind = unicodedata.category(char)
    if kind[0] in _KEPT:
        return char
    return "" if kind == "Cf" else " "
