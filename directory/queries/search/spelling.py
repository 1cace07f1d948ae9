"""Words that are met by another form: by one of their parts, or with one wrong letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from directory.models import WordForm
from network.words.tokens import is_dense

SHORTEST_NEAR = 4
LONGEST_NEAR = 30
SHORTEST_PART = 4
SHORTEST_FRONT = 3
_ABJADS = ("ARABIC", "HEBREW")


def is_spelled(word: str) -> bool:
    """Whether one wrong letter in a word is looked past: four letters or more, and no digit."""
    is_long = SHORTEST_NEAR <= len(word) <= LONGEST_NEAR
    return is_long and not is_dense(word[0]) and not any(map(str.isdecimal, word))


def shortest_part(word: str) -> int:
    """How long a part of a compound must be to lead to it.

    A root of Arabic or Hebrew has three letters, and "the" and "in" are written in one with it.
    """
    return SHORTEST_PART - 1 if _is_abjad(word) else SHORTEST_PART


def without_article(word: str) -> str:
    """An Arabic word without its article; empty where it has none that can be told."""
    is_definite = word.startswith("\u0627\u0644") and len(word) - 2 >= shortest_part(word)
    return word[2:] if is_definite else ""


def shortened(word: str) -> set[str]:
    """A word less any one of its letters."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter was left out, added or replaced, or two neighbours changed places."""
    if len(one) > len(other):
        one, other = other, one
    gap = len(other) - len(one)
    if gap > 1 or one == other:
        return False
    pairs = zip(one, other, strict=False)
    place = next((at for at, (a, b) in enumerate(pairs) if a != b), len(one))
    if gap:
        return one[place:] == other[place + 1 :]
    if one[place + 1 :] == other[place + 1 :]:
        return True
    is_swapped = one[place : place + 2] == other[place : place + 2][::-1]
    return is_swapped and one[place + 2 :] == other[place + 2 :]


def letters_apart(one: str, other: str) -> int:
    """How many letters must be left out, added, replaced or swapped to make one word another.

    Of two neighbours that changed places none is touched again (optimal string alignment).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, wanted in enumerate(other, 1):
            kept = last[column - 1] + (letter != wanted)
            best = min(last[column] + 1, this[column - 1] + 1, kept)
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                best = min(best, before[column - 2] + 1)
            this.append(best)
        before, last = last, this
    return last[-1]


def forms_of(word: str) -> Iterator[WordForm]:
    """The rows of the vocabulary for a word: itself, its ends, itself less one letter."""
    yield WordForm(kind=WordForm.Kind.WHOLE, form=word, word=word)
    if is_dense(word[0]) or word.isdecimal():
        return
    for front in range(_shortest_front(word), len(word) - shortest_part(word) + 1):
        yield WordForm(kind=WordForm.Kind.PART, form=word[front:], word=word)
    if is_spelled(word):
        for form in sorted(shortened(word)):
            yield WordForm(kind=WordForm.Kind.NEAR, form=form, word=word)


def _shortest_front(word: str) -> int:
    """How many letters stand before the first part that leads to a word."""
    return 1 if _is_abjad(word) else SHORTEST_FRONT


def _is_abjad(word: str) -> bool:
    return not word[0].isascii() and unicodedata.name(word[0], "").startswith(_ABJADS)
