"""Keeping the index of the search in step with the rows that it is about.

Called within the transaction that writes those rows, by whoever may write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from directory.models import (
    CardWord,
    Facility,
    FacilityWord,
    Listing,
    ListingWord,
    OrganizationCard,
    WordForm,
)
from directory.queries.search.spelling import forms_of
from directory.queries.search.words import (
    is_text,
    words_of_card,
    words_of_facility,
    words_of_listing,
)

Words = type[ListingWord] | type[FacilityWord] | type[CardWord]

AT_ONCE = 2000
_ADD: dict[Words, str] = {
    ListingWord: "INSERT INTO directory_listingword (row_id, word, weight) ",
    FacilityWord: "INSERT INTO directory_facilityword (row_id, word, weight) ",
    CardWord: "INSERT INTO directory_cardword (row_id, word, weight) ",
}
_ONE_BY_ONE = "VALUES (%s, %s, %s)"
_UNNESTED = "SELECT * FROM unnest(%s::varchar[], %s::varchar[], %s::smallint[])"

One = TypeVar("One")


def index_listings(listings: Sequence[Listing], places: Mapping[UUID, Sequence[str]]) -> None:
    """Write the words of listings anew; `places` are the names of those that each visits.

    The listings have their country at hand. Four queries for each few thousand words.
    """
    _index(
        ListingWord,
        {
            row.slug: words_of_listing(row, row.country.iso2, places.get(row.pk, ()))
            for row in listings
        },
    )


def places_of(listings: Iterable[Listing]) -> dict[UUID, list[str]]:
    """The names of the places that each listing visits, by its id. No query where prefetched."""
    return {row.pk: [visit.name for visit in row.visits.all()] for row in listings}


def index_facilities(facilities: Sequence[Facility]) -> None:
    """Write the words of places anew. They have their country at hand."""
    found = {row.slug: words_of_facility(row, row.country.iso2) for row in facilities}
    _index(FacilityWord, found)


def index_card(card: OrganizationCard) -> None:
    """Write the words of an organization's card anew."""
    _index(CardWord, {card.slug: words_of_card(card)})


def take_card_words(card: OrganizationCard) -> set[str]:
    """The words of a card that is about to change, as `take_words` takes those of listings."""
    rows = CardWord.objects.filter(row__pk=card.pk)
    words = set(rows.values_list("word", flat=True))
    rows.delete()
    return words


def take_facility_words(place: Facility) -> set[str]:
    """The words of a place that is about to change, as `take_words` takes those of listings."""
    rows = FacilityWord.objects.filter(row__pk=place.pk)
    words = set(rows.values_list("word", flat=True))
    rows.delete()
    return words


def take_words(listings: QuerySet[Listing]) -> set[str]:
    """The words of listings that are about to go or change, for `forget_words`; they go now.

    Afterwards a listing may have another slug. Two queries.
    """
    rows = ListingWord.objects.filter(row__in=listings)
    words = set(rows.values_list("word", flat=True))
    rows.delete()
    return words


def forget_words(words: Iterable[str]) -> int:
    """Take out of the vocabulary those of these words that no row holds; how many.

    So that what was taken off does not live on in it.
    """
    gone = 0
    for some in _slices(sorted(filter(is_text, words)), AT_ONCE):
        unused = _unused().filter(word__in=some).values_list("word", flat=True)
        gone += _forget(set(unused))
    return gone


def forget_unused_words() -> int:
    """Take every word out of the vocabulary that no row holds; how many."""
    gone = 0
    words = _unused().filter(kind=WordForm.Kind.WHOLE).values_list("word", flat=True)
    for some in _slices(list(words), AT_ONCE):
        gone += _forget(set(some))
    return gone


def learn_missing_words() -> int:
    """Add words of rows that the vocabulary lacks; how many.

    There are none, unless a word was forgotten at the very moment in which a row with it came.
    """
    known = WordForm.objects.filter(word=OuterRef("word"))
    found: set[str] = set()
    for model in (ListingWord, FacilityWord, CardWord):
        missing = model.objects.filter(~Exists(known)).values_list("word", flat=True)
        found.update(filter(is_text, missing.distinct()))
    learn_words(found)
    return len(found)


def learn_words(words: Iterable[str]) -> None:
    """Add to the vocabulary those of these words that it lacks. Two queries a few thousand."""
    for some in _slices(sorted(set(filter(is_text, words))), AT_ONCE):
        known = WordForm.objects.filter(kind=WordForm.Kind.WHOLE, form__in=some)
        new = set(some).difference(known.values_list("form", flat=True))
        WordForm.objects.bulk_create(
            (form for word in sorted(new) for form in forms_of(word)), batch_size=AT_ONCE
        )


def _index(model: Words, found: dict[str, dict[str, int]]) -> None:
    model.objects.filter(row__in=list(found)).delete()
    # As an import writes thirty of them for each row, they are not made into objects first.
    rows = [(row, word, weight) for row, words in found.items() for word, weight in words.items()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [[row[place] for row in rows] for place in range(3)]
            cursor.execute(_ADD[model] + _UNNESTED, columns)
        else:
            cursor.executemany(_ADD[model] + _ONE_BY_ONE, rows)
    learn_words(word for words in found.values() for word in words)


def _unused() -> QuerySet[WordForm]:
    """The vocabulary's rows for words that no row holds."""
    found = WordForm.objects.order_by()
    for model in (ListingWord, FacilityWord, CardWord):
        found = found.filter(~Exists(model.objects.filter(word=OuterRef("word"))))
    return found


def _forget(words: set[str]) -> int:
    WordForm.objects.filter(word__in=words).delete()
    return len(words)


def _slices(rows: Iterable[One], size: int) -> Iterator[list[One]]:
    """The rows in lists of so many."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
