"""What a reader may mean by the first words of a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import chain, zip_longest
from typing import Literal

from django.db.models import Count

from directory.models import (
    CardWord,
    Country,
    Facility,
    FacilityWord,
    Listing,
    ListingWord,
    OrganizationCard,
)
from directory.queries.search.finding import ByCodePoint, best_of, holding
from directory.queries.search.question import Asked, asked, beginning_with
from directory.queries.search.words import country_word, town_word

FIRST_COUNTRIES = 2
FIRST_PLACES = 2

Kind = Literal["program", "facility", "organization", "country", "place"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that is here and may be meant.

    `slug` is that of its page, of a country its code in capitals, of a town empty; `country` the
    code of where it is. `detail` tells two of one name apart: the town, or nothing.
    """

    kind: Kind
    name: str
    name_language: str
    slug: str
    country: str
    detail: str = ""


def suggestions(words: str, language: str, limit: int = 8) -> list[Suggestion]:
    """What may be meant, at most so many: countries and towns, then programs, places, groups.

    Names are in the reader's language where there is one. Nothing for a question without a word.
    Eleven queries at most.
    """
    question = asked(words)
    if not question.words or limit < 1:
        return []
    first = [
        *_countries(question, language)[:FIRST_COUNTRIES],
        *_places(question)[:FIRST_PLACES],
    ]
    rows = zip_longest(
        _programs(question, language, limit),
        _facilities(question, language, limit),
        _organizations(question, language, limit),
    )
    others = (one for one in chain.from_iterable(rows) if one is not None)
    return [*first, *others][:limit]


def _countries(question: Asked, language: str) -> list[Suggestion]:
    """The countries that every word may mean."""
    meant = reduce(set.intersection, (set(wanted.words) for wanted in question.words))
    codes = [word[2:].upper() for word in meant if word.startswith(country_word(""))]
    found = Country.objects.filter(iso2__in=codes).order_by("iso2") if codes else ()
    return [
        Suggestion("country", *_name(row.names, language, *_english(row)), row.iso2, row.iso2)
        for row in found
    ]


def _english(country: Country) -> tuple[str, str]:
    name = country.names.get("en")
    return (name, "en") if name else (country.iso2, "")


def _places(question: Asked) -> list[Suggestion]:
    """The towns whose names begin with the question, those with most programs first."""
    begun = ListingWord.objects.filter(beginning_with(town_word(question.name), "word"))
    towns = (
        Listing.objects.filter(slug__in=begun.values("row"))
        .values("locality", "country__iso2")
        .annotate(programs=Count("pk"))
        .order_by("-programs", ByCodePoint("locality"), "country__iso2")
        .values_list("locality", "country__iso2")[:FIRST_PLACES]
    )
    return [Suggestion("place", town, "", "", iso2) for town, iso2 in towns]


def _programs(question: Asked, language: str, limit: int) -> Iterable[Suggestion]:
    found = Listing.objects.filter(holding(ListingWord, question)).select_related("country")
    for row in best_of(found, ListingWord, question)[:limit]:
        name = _name(row.names, language, row.name, row.name_language)
        yield Suggestion("program", *name, row.slug, row.country.iso2, row.locality)


def _facilities(question: Asked, language: str, limit: int) -> Iterable[Suggestion]:
    listed = Facility.objects.filter(holding(FacilityWord, question), merged_into__isnull=True)
    for row in best_of(listed.select_related("country"), FacilityWord, question)[:limit]:
        name = _name(row.names, language, row.name, "")
        yield Suggestion("facility", *name, row.slug, row.country.iso2, row.locality)


def _organizations(question: Asked, language: str, limit: int) -> Iterable[Suggestion]:
    found = OrganizationCard.objects.filter(holding(CardWord, question))
    for row in best_of(found, CardWord, question)[:limit]:
        name = _name(row.names, language, row.name, "")
        yield Suggestion("organization", *name, row.slug, row.country)


def _name(names: dict[str, str], language: str, own: str = "", of: str = "") -> tuple[str, str]:
    """A name and its language: the reader's where there is one, else the row's own."""
    return (names[language], language) if names.get(language) else (own, of)
