"""A question in words of the index: what each of its words may be met by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from directory.models import WordForm
from directory.queries.search.meanings import (
    Meaning,
    country_lexicon,
    country_names,
    standing_lexicon,
)
from directory.queries.search.spelling import (
    is_one_letter_off,
    is_spelled,
    shortened,
    shortest_part,
    without_article,
)
from network.words.tokens import asked_tokens, is_dense, runs_of

# More is not looked at: it would cost without finding better.
MOST_RUNS = 8
MOST_TOKENS = 16
MOST_FORMS = 200
LAST = "\U0010ffff"
SHORTEST_BEGINNING = 3
# Articles and prepositions, folded, of the languages that most names are in.
_ARTICLES = """
    an and at by for from in of on the to with
    al das de del della dem den der des di die do dos du da el em en et fur het il im la las le les
    los na og pa par para por pour till um und van von y zu zum zur
"""
_LITTLE_WORDS = frozenset(_ARTICLES.split())

_KIND = WordForm.Kind
_Branch = tuple[str, tuple[int | str, ...]]
# Written out, because Django limits no part of a union on SQLite. The shortest words come first:
# they are closest to what was asked.
_BEGINNING = (
    "SELECT %s, %s, word FROM (SELECT word FROM directory_wordform "
    "WHERE kind = %s AND form >= %s AND form < %s ORDER BY length(word), word LIMIT %s) AS found"
)
_ONE_OF = (
    "SELECT %s, %s, word FROM (SELECT word FROM directory_wordform "
    "WHERE kind IN (%s, %s) AND form IN (:forms) ORDER BY length(word), word LIMIT %s) AS found"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one word of a question may be met by, in order of how well; no word twice."""

    exact: frozenset[str]
    prefix: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    @property
    def words(self) -> list[str]:
        """All of them."""
        return sorted(self.exact | self.prefix | self.part | self.near)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its words and what each may be met by, and the whole of it as a name.

    `is_blank` where nothing was asked. A question without one letter or digit is not blank and
    has no words.
    """

    runs: tuple[str, ...] = ()
    words: tuple[Wanted, ...] = ()
    name: str = ""
    is_blank: bool = False

    @property
    def all_words(self) -> list[str]:
        """Everything that any word of the question may be met by."""
        return sorted(set().union(*(wanted.words for wanted in self.words)))


def asked(text: str) -> Asked:
    """A question, looked up. One query for the countries and one for the vocabulary.

    At most 8 words are looked at and 200 of each kind of form of each. None where it is blank.
    """
    runs = runs_of(text)
    if not runs:
        return Asked(is_blank=not text.strip())
    name = " ".join(runs)
    runs = without_noise(runs)[:MOST_RUNS]
    countries = country_lexicon(country_names()).meanings(runs)
    others = standing_lexicon().meanings(runs)
    forms = _forms(runs)
    words = [
        wanted
        for run, form, *meant in zip(runs, forms, countries, others, strict=True)
        for wanted in _wanted(run, form, meant)
    ]
    return Asked(runs=runs, words=tuple(words[:MOST_TOKENS]), name=name)


def without_noise(runs: tuple[str, ...]) -> tuple[str, ...]:
    """The words that say what is looked for; where none does, all of them.

    Left out are articles and the like, which another language or word order does without, and
    single letters, which elisions and initials leave.
    """
    kept = tuple(run for run in runs if not _is_noise(run))
    return kept or runs


def beginning_with(text: str, column: str) -> Q:
    """A condition: the words of a column begin with a text. A range of its index."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + LAST})


def _is_noise(run: str) -> bool:
    is_letter = len(run) == 1 and not run.isdecimal() and not is_dense(run)
    return is_letter or run in _LITTLE_WORDS


def _wanted(run: str, form: Wanted, meant: list[Meaning]) -> Iterator[Wanted]:
    """What the tokens of a run may be met by, countries and other meanings among it."""
    for token in asked_tokens(run):
        exact = form.exact.union({token}, *(one.exact for one in meant))
        prefix = form.prefix.union(*(one.prefix for one in meant)) - exact
        part = form.part - exact - prefix
        near = form.near.union(*(one.near for one in meant)) - exact - prefix - part
        yield Wanted(exact, prefix, part, near)


def _forms(runs: tuple[str, ...]) -> list[Wanted]:
    """What the vocabulary has for each word. One query, none for words that it cannot help."""
    branches = [one for place, run in enumerate(runs) for one in _branches(place, run)]
    found: list[tuple[set[str], set[str], set[str]]] = [(set(), set(), set()) for _run in runs]
    for place, kind, word in _rows(branches) if branches else ():
        found[place][kind].add(word)
    forms = []
    for run, (prefix, part, near) in zip(runs, found, strict=True):
        root = {without_article(run)} - {""}
        close = {word for word in near if _is_near(run, word, is_known=run in prefix)}
        forms.append(
            Wanted(frozenset(), frozenset(prefix), frozenset(part | root), frozenset(close))
        )
    return forms


def _is_near(run: str, word: str, *, is_known: bool) -> bool:
    """Whether a word may be meant by one with a wrong letter.

    The first letter of a word that is known is taken to be right: who asks for "rétention" does
    not mean "detention".
    """
    return is_one_letter_off(run, word) and not (is_known and run[0] != word[0])


def _branches(place: int, run: str) -> Iterator[_Branch]:
    """What one word leads to: words beginning with it, with such a part, a letter away."""
    if len(run) > 1 and is_dense(run[0]):
        return
    end = run + LAST
    if len(run) >= SHORTEST_BEGINNING or is_dense(run[0]):
        yield _BEGINNING, (place, _KIND.WHOLE, _KIND.WHOLE, run, end, MOST_FORMS)
    if len(run) >= shortest_part(run) and not run.isdecimal():
        yield _BEGINNING, (place, _KIND.PART, _KIND.PART, run, end, MOST_FORMS)
    if is_spelled(run):
        forms = sorted(shortened(run) | {run})
        holes = ", ".join(["%s"] * len(forms))
        kinds = (_KIND.WHOLE, _KIND.NEAR)
        yield _ONE_OF.replace(":forms", holes), (place, _KIND.NEAR, *kinds, *forms, MOST_FORMS)


def _rows(branches: list[_Branch]) -> list[tuple[int, int, str]]:
    """The place of a word in the question, the way that led to a form, and the form's word."""
    statement = " UNION ALL ".join(part for part, _values in branches)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _part, values in branches for value in values])
        rows: list[tuple[int, int, str]] = cursor.fetchall()
    return rows
