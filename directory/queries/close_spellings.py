"""Names that differ from a typed one by a single letter."""

from __future__ import annotations

LEAST = 4
MOST = 16
# The letters of scripts that are typed letter by letter, as folding leaves them.
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ءابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
)


def close_spellings(key: str) -> list[str]:
    """Every text one typing error away: a letter too many, missing, wrong, or two turned round.

    Empty for short names, of which too many are close, for long ones and for other scripts. At
    most about 1,300 texts.
    """
    alphabet = next((letters for letters in _ALPHABETS if any(c in letters for c in key)), "")
    if not (LEAST <= len(key) <= MOST and alphabet):
        return []
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    close = {left + right[1:] for left, right in cuts if right}
    close |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    close |= {left + letter + right[1:] for left, right in cuts if right for letter in alphabet}
    close |= {left + letter + right for left, right in cuts for letter in alphabet}
    return sorted(close - {key})
