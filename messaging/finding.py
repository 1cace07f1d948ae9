"""Words that somebody looks for in messages: how a word meets them, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from network.words.folding import folded
from network.words.tokens import asked_tokens, is_dense, kind_of, private_runs

# More is not looked at: it would cost without finding better.
MOST_WORDS = 8
# A word of so many letters also finds what begins with it: "visit" finds "visits".
SHORTEST_BEGINNING = 3
BEFORE, LONGEST_EXCERPT = 60, 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it was looked for."""

    text: str
    is_found: bool = False


def asked_words(text: str) -> tuple[str, ...]:
    """The folded words of a question, each once, the longest first, 8 at most.

    Of scripts without spaces every two neighbours. Nothing of it stays in memory.
    """
    found = dict.fromkeys(word for run in private_runs(text) for word in asked_tokens(run))
    return tuple(sorted(list(found)[:MOST_WORDS], key=len, reverse=True))


def is_beginning(asked: str) -> bool:
    """Whether an asked word also finds words that begin with it.

    A single character of a script without spaces does: words are kept there by two characters.
    """
    if is_dense(asked[0]):
        return len(asked) == 1
    return len(asked) >= SHORTEST_BEGINNING


def excerpt(text: str, asked: Sequence[str]) -> tuple[Piece, ...]:
    """The part of a text where the first of the words stands, with all of them told apart.

    Some 240 characters; dots stand for what is left out.
    """
    pieces = list(_pieces(text, asked))
    first = next((at for at, one in enumerate(pieces) if one.is_found), 0)
    begin, room = first, BEFORE
    while begin > 0 and room > len(pieces[begin - 1].text):
        begin -= 1
        room -= len(pieces[begin].text)
    shown: list[Piece] = [Piece("\u2026 ")] if begin else []
    length = 0
    for one in pieces[begin:]:
        if length > LONGEST_EXCERPT:
            shown.append(Piece(" \u2026"))
            break
        shown.append(Piece(one.text[:LONGEST_EXCERPT], one.is_found))
        length += len(one.text)
    return tuple(shown)


def _pieces(text: str, asked: Sequence[str]) -> Iterator[Piece]:
    """The text in its order: words, and what stands between them."""
    for kind, chars in groupby(text, _kind):
        run = "".join(chars)
        if kind == "dense":
            yield from _dense_pieces(run, asked)
        else:
            yield Piece(run, kind == "plain" and _is_asked(run, asked))


def _kind(char: str) -> str:
    """As the index tells them apart; invisible signs inside a word belong to it."""
    return "plain" if unicodedata.category(char) == "Cf" else kind_of(char)


def _is_asked(run: str, asked: Sequence[str]) -> bool:
    return any(
        word == one or (is_beginning(one) and word.startswith(one))
        for word in private_runs(run)
        for one in asked
    )


def _dense_pieces(run: str, asked: Sequence[str]) -> Iterator[Piece]:
    """A run without spaces, in which the characters that were looked for are told apart."""
    plain = folded(run)
    marked = [False] * len(run)
    if len(plain) == len(run):
        for one in asked:
            for at in range(len(plain) - len(one) + 1):
                if plain.startswith(one, at):
                    marked[at : at + len(one)] = [True] * len(one)
    ends = [at for at in range(1, len(run)) if marked[at] != marked[at - 1]]
    for begin, end in pairwise([0, *ends, len(run)]):
        yield Piece(run[begin:end], marked[begin])
