"""The words of a text, in any script, as the index of the search keeps them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby, pairwise

from network.words.folding import fold, folded

LONGEST = 40
_ASCII = re.compile(r"[a-z0-9]+")
# Scripts that are written without spaces between words, or whose words are short and run into
# endings (Korean). First and last code point of each block.
_DENSE = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul, taken apart
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # signs of repetition
    (0x3040, 0x318F),  # Kana, Bopomofo, Hangul
    (0x31A0, 0x31FF),  # Bopomofo and Kana, more of them
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7FF),  # Hangul
    (0xF900, 0xFAFF),  # Han
    (0x20000, 0x3FFFF),
)


def is_dense(char: str) -> bool:
    """Whether a character belongs to a script that is looked up two characters at a time."""
    code = ord(char)
    return any(first <= code <= last for first, last in _DENSE)


@lru_cache(maxsize=2048)
def runs_of(text: str) -> tuple[str, ...]:
    """The folded runs of letters, marks and digits of a text, in its order; dense ones apart.

    A run is cut after 40 characters, dense ones are not.
    """
    return _runs(fold(text))


def tokens_of(text: str) -> list[str]:
    """The words under which a text is kept: runs, of dense ones every two neighbours.

    The last character of a dense run stands alone too, so that a question of one character finds
    it at whatever place: in front it begins a pair.
    """
    return _tokens(runs_of(text))


def private_runs(text: str) -> tuple[str, ...]:
    """As `runs_of`, of a text of which nothing may stay in memory."""
    return _runs(folded(text))


def private_tokens(text: str) -> list[str]:
    """As `tokens_of`, of a text of which nothing may stay in memory."""
    return _tokens(private_runs(text))


def _runs(plain: str) -> tuple[str, ...]:
    if plain.isascii():
        return tuple(run[:LONGEST] for run in _ASCII.findall(plain))
    runs = ("".join(run) for kind, run in groupby(plain, kind_of) if kind)
    return tuple(run if is_dense(run[0]) else run[:LONGEST] for run in runs)


def _tokens(runs: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for run in runs:
        if is_dense(run[0]):
            found += [*map("".join, pairwise(run)), run[-1]]
        else:
            found.append(run)
    return found


def asked_tokens(run: str) -> list[str]:
    """The words that a text must have to hold a run of a question."""
    if len(run) > 1 and is_dense(run[0]):
        return list(map("".join, pairwise(run)))
    return [run]


def kind_of(char: str) -> str:
    """`dense` or `plain` for what words are made of, empty for what stands between them."""
    if unicodedata.category(char)[0] not in "LMN":
        return ""
    return "dense" if is_dense(char) else "plain"
