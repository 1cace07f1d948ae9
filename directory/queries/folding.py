"""Text as it is compared: without case, accents and other marks that people leave out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart although people write them plain.
_PLAIN = str.maketrans(
    {
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
)
# Marks that are part of a letter: viramas and nuktas of India, voicing marks of Japan.
_KEPT = frozenset((0, 7, 8, 9))


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The text in lower case, without accents, with single spaces.

    Folding twice changes nothing. Words of a folded question are looked up in folded text.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in apart if unicodedata.combining(char) in _KEPT)
    joined = unicodedata.normalize("NFKC", plain).casefold().translate(_PLAIN)
    return " ".join(joined.split())
