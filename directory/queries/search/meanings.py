"""What a word of a question may mean beside itself: a country, a language, a service."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile

from babel import Locale, localedata
from django.conf import settings
from django.utils import translation

from directory.enums import Service
from directory.models import Country
from directory.queries.search.spelling import is_one_letter_off, is_spelled, shortened
from directory.queries.search.words import country_word, language_word, service_word
from network.words.tokens import is_dense, runs_of

# A word that is part of more names than this tells none of them: "islands", "republic".
SHARED = 5
SHORTEST_WORD = 3
SHORTEST_BEGINNING = 4
# What people write for countries whose ISO code is another.
_OTHER_CODES = {"GB": ("uk",), "GR": ("el",), "US": ("usa",)}

CountryNames = tuple[str, str, tuple[str, ...]]


@dataclass(slots=True)
class Meaning:
    """The words of the index that a word of a question stands for, by how sure that is."""

    exact: set[str] = field(default_factory=set)
    prefix: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)


class Lexicon:
    """Names, whole and word by word, each with what it stands for in the index."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Takes pairs of a name and the word of the index that it stands for."""
        self._phrases: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        tokens: defaultdict[str, set[str]] = defaultdict(set)
        for name, word in names:
            runs = runs_of(name)
            self._phrases[runs].add(word)
            for run in runs:
                if len(run) >= SHORTEST_WORD or is_dense(run[0]):
                    tokens[run].add(word)
        self._tokens = {run: words for run, words in tokens.items() if len(words) <= SHARED}
        self._sorted = sorted(self._tokens)
        self._shortened: defaultdict[str, list[str]] = defaultdict(list)
        for run in filter(is_spelled, self._sorted):
            for form in (run, *shortened(run)):
                self._shortened[form].append(run)
        self._longest = max(map(len, self._phrases), default=0)

    def meanings(self, runs: tuple[str, ...]) -> list[Meaning]:
        """What each word of a question may mean: of a whole name, else of a word of names.

        A beginning of a word or a wrong letter counts only where the word itself means nothing.
        """
        found = [Meaning(exact=set(self._tokens.get(run, ()))) for run in runs]
        for size in range(1, min(self._longest, len(runs)) + 1):
            for start in range(len(runs) - size + 1):
                for place in range(start, start + size):
                    found[place].exact |= self._phrases.get(runs[start : start + size], set())
        for run, meaning in zip(runs, found, strict=True):
            if not meaning.exact and len(run) >= SHORTEST_BEGINNING:
                self._guess(run, meaning)
        return found

    def _guess(self, run: str, meaning: Meaning) -> None:
        first = bisect_left(self._sorted, run)
        for token in takewhile(lambda one: one.startswith(run), self._sorted[first:]):
            meaning.prefix |= self._tokens[token]
        for form in (run, *shortened(run)) if is_spelled(run) else ():
            for token in self._shortened.get(form, ()):
                if is_one_letter_off(run, token):
                    meaning.near |= self._tokens[token]


def country_names() -> tuple[CountryNames, ...]:
    """Code of two and of three letters and all names of every country, by code. One query."""
    rows = Country.objects.order_by("iso2").values_list("iso2", "iso3", "names")
    return tuple((iso2, iso3, tuple(names.values())) for iso2, iso3, names in rows)


@lru_cache(maxsize=2)
def country_lexicon(countries: tuple[CountryNames, ...]) -> Lexicon:
    """What stands for these countries. Kept until a country or a name is another."""
    return Lexicon(
        (name, country_word(iso2))
        for iso2, iso3, names in countries
        for name in (*names, iso2, iso3, *_OTHER_CODES.get(iso2, ()))
        if name
    )


@cache
def standing_lexicon() -> Lexicon:
    """What stands for languages and services, in the languages of the pages."""
    return Lexicon([*_languages(), *_services()])


def _languages() -> Iterable[tuple[str, str]]:
    known = {code.partition("_")[0] for code in localedata.locale_identifiers()}
    for page, _name in settings.LANGUAGES:
        names = Locale.parse(page, sep="-").languages
        yield from ((name, language_word(code)) for code, name in names.items() if code in known)


def _services() -> Iterable[tuple[str, str]]:
    services = [service for service in Service if service is not Service.OTHER]
    for service in services:
        yield service.value.replace("_", " "), service_word(service)
    for page, _name in settings.LANGUAGES:
        with translation.override(page):
            yield from [(str(service.label), service_word(service)) for service in services]
