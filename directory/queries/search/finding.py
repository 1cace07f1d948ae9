"""Rows that hold every word of a question, and the best of them first."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import add
from typing import Any, TypeVar

from django.db.models import (
    Case,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from directory.models import (
    CardWord,
    Facility,
    FacilityWord,
    Listing,
    ListingWord,
    OrganizationCard,
)
from directory.queries.search.question import Asked, Wanted, asked, beginning_with
from directory.queries.search.words import name_word
from network.words.tokens import is_dense

BEST = 200
# Every word that is met without a wrong letter outweighs whatever else may be said for a row, and
# the name as a whole outweighs all words.
_SPELLED = 1000
_WHOLE_NAME = 40_000
_NAME_BEGINS = 20_000
_BY_WEIGHT = 10

Row = TypeVar("Row", Listing, Facility, OrganizationCard)
Words = type[ListingWord] | type[FacilityWord] | type[CardWord]


class ByCodePoint(Func):
    """A text in the order of its code points, whatever the order of the database is."""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """With the collation that SQLite has by default."""
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"')


class Unindexed(Func):
    """A column that SQLite is not to look rows up by, because another way is shorter."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """With the sign that keeps it from using an index."""
        return self.as_sql(compiler, connection, template="+%(expressions)s")


def listings_with(words: str) -> Q:
    """A condition on listings: every word of a question is found in them.

    A word is found as it is, as the beginning of a word, as a part of a compound of four letters
    or more, with one wrong letter, or by the name of the listing's country or of a language or
    service. A blank question is fulfilled by all, one of signs alone by none. Two queries.
    """
    return holding(ListingWord, asked(words))


def facilities_with(words: str) -> Q:
    """A condition on places, as `listings_with` is one on listings. Two queries."""
    return holding(FacilityWord, asked(words))


def cards_with(words: str) -> Q:
    """A condition on organizations, as `listings_with` is one on listings. Two queries."""
    return holding(CardWord, asked(words))


def by_relevance(found: QuerySet[Listing], words: str) -> QuerySet[Listing]:
    """The best 200 of the listings found, best first, each with its `score`, a whole number.

    First come names that are the question, then names that begin with it, then words in names,
    organizations, towns, places visited, services and texts. A word met with a wrong letter comes
    after all that are met without. Equals stand in the order of their slugs. Four queries
    here, and the one of the rows themselves.
    """
    return best_of(found, ListingWord, asked(words))


def facilities_by_relevance(found: QuerySet[Facility], words: str) -> QuerySet[Facility]:
    """The best 200 of the places found, as `by_relevance` gives listings."""
    return best_of(found, FacilityWord, asked(words))


def holding(postings: Words, question: Asked) -> Q:
    """A condition on the rows of an index: they hold every word of a question. No query."""
    if question.is_blank:
        return Q()
    if not question.words:
        return Q(pk__in=[])
    condition = Q()
    for wanted in question.words:
        words = postings.objects.filter(word__in=wanted.words)
        condition &= Q(slug__in=words.values("row"))
    return condition


def best_of(found: QuerySet[Row], postings: Words, question: Asked) -> QuerySet[Row]:
    """The best 200 of the rows found, best first, with their `score`. Two queries here."""
    by_slug = ByCodePoint("slug")
    if not question.words:
        unscored = found.annotate(score=Value(0, IntegerField()))
        return unscored.order_by(by_slug) if question.is_blank else unscored.none()
    scores: defaultdict[int, list[str]] = defaultdict(list)
    for row, points in _ranked(found, postings, question):
        scores[points].append(row)
    whens = [When(slug__in=rows, then=Value(points)) for points, rows in scores.items()]
    chosen = found.filter(slug__in=[row for rows in scores.values() for row in rows])
    score = Case(*whens, default=Value(0), output_field=IntegerField())
    return chosen.annotate(score=score).order_by("-score", by_slug)


def _ranked(found: QuerySet[Row], postings: Words, question: Asked) -> list[tuple[str, int]]:
    """Slugs and scores of the best rows, from their words alone. Two queries."""
    name = name_word(question.name)
    begun: list[str] = _names_begun(postings, question)
    rows: QuerySet[Any] = postings.objects.filter(word__in=[*question.all_words, name, *begun])
    rows = rows.alias(slug=Unindexed("row")).filter(slug__in=found.order_by().values("slug"))
    parts = [_score_of(wanted) for wanted in question.words]
    whole = When(word=name, then=Value(_WHOLE_NAME) + F("weight"))
    parts.append(_max(whole, When(word__in=begun, then=Value(_NAME_BEGINS) + F("weight"))))
    scored = rows.values("row").annotate(score=reduce(add, parts))
    best = scored.order_by("-score", ByCodePoint("row")).values_list("row", "score")
    return list(best[:BEST])


def _names_begun(postings: Words, question: Asked) -> list[str]:
    """The words of names that begin with the question; of a single letter, with that word."""
    start = name_word(question.name)
    start += " " if len(question.name) == 1 and not is_dense(question.name) else ""
    names = postings.objects.filter(beginning_with(start, "word")).exclude(word=start)
    return list(names.order_by("word").values_list("word", flat=True).distinct()[:BEST])


def _score_of(wanted: Wanted) -> Combinable:
    """How well a row meets one word: by the place of the word first, then by its form."""
    ways = (wanted.exact, wanted.prefix, wanted.part)
    whens = [
        When(word__in=sorted(words), then=Value(_SPELLED - place) + F("weight") * _BY_WEIGHT)
        for place, words in enumerate(ways)
        if words
    ]
    if wanted.near:
        whens.append(When(word__in=sorted(wanted.near), then=F("weight")))
    return _max(*whens)


def _max(*whens: When) -> Combinable:
    return Max(Case(*whens, default=Value(0), output_field=IntegerField()))
