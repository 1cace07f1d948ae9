"""Public entries that a group with this name may be already."""

from __future__ import annotations

from django.utils.translation import get_language

from directory.queries.search import suggestions
from frontend.leads import Lead, lead_from

SHOWN = 5
LEAST = 3
LONGEST = 200


def alike(name: str) -> list[Lead]:
    """Programs and groups with such a name, best first; only what everybody can read.

    Where nothing has all the words, what has the first two of them.
    """
    words = name.strip()[:LONGEST].replace("\x00", "")
    if len(words) < LEAST:
        return []
    return _found(words) or _found(" ".join(words.split()[:2]))


def _found(words: str) -> list[Lead]:
    rows = suggestions(words, get_language() or "en", SHOWN * 3)
    kept = [one for one in rows if one.kind in ("program", "organization")]
    return [lead_from(one) for one in kept[:SHOWN]]
