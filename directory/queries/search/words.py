"""What a public row is found by: its words, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from itertools import islice

from directory.enums.source_words import key_of
from directory.models import Facility, Listing, OrganizationCard
from directory.models.posting import LONGEST_WORD
from network.words.tokens import runs_of, tokens_of

# Another number whenever rows are to be found by other words than before: an index that was made
# under another one is made anew at the next start.
INDEX_VERSION = 1
# A row is found by so many words at most, those first that weigh most.
MOST_WORDS = 1500


class Weight(IntEnum):
    """Where a word stands, the place that says least first."""

    TEXT = 1
    SERVICE = 2
    FACILITY = 3
    PLACE = 4
    ORGANIZATION = 5
    OTHER_NAME = 6
    NAME = 7


def words_of_listing(listing: Listing, iso2: str, places: Iterable[str]) -> dict[str, int]:
    """The words of a listing with their weights. No query.

    `places` are the names of the places that it visits. Its country, languages and services stand
    in it by their codes: what they are called is found out when somebody asks.
    """
    found = _Words()
    found.add_names(listing.name, listing.names)
    found.add(Weight.ORGANIZATION, listing.organization_name)
    found.add(Weight.PLACE, listing.locality, listing.admin1)
    found.add_code(Weight.PLACE, country_word(iso2))
    if listing.locality:
        found.add_code(Weight.PLACE, town_word(listing.locality))
    found.add(Weight.FACILITY, *places)
    for code in listing.languages:
        found.add_code(Weight.SERVICE, language_word(code))
    for service in listing.services:
        found.add_code(Weight.SERVICE, service_word(service))
    found.add(Weight.SERVICE, listing.network, *map(key_of, listing.services_source))
    for texts in (listing.summaries, listing.descriptions):
        found.add(Weight.TEXT, *texts.values())
    for texts in (listing.how_to_join, listing.how_to_be_visited):
        found.add(Weight.TEXT, *texts.values())
    found.add(Weight.TEXT, listing.note)
    return found.most()


def words_of_facility(facility: Facility, iso2: str) -> dict[str, int]:
    """The words of a place with their weights. No query."""
    found = _Words()
    found.add_names(facility.name, facility.names)
    found.add(Weight.PLACE, facility.locality, facility.admin1)
    found.add_code(Weight.PLACE, country_word(iso2))
    found.add(Weight.SERVICE, facility.operator, facility.custodial_authority)
    return found.most()


def words_of_card(card: OrganizationCard) -> dict[str, int]:
    """The words of an organization's card with their weights. No query."""
    found = _Words()
    found.add_names(card.name, card.names)
    found.add_code(Weight.PLACE, country_word(card.country))
    return found.most()


def country_word(iso2: str) -> str:
    """The word of everything in a country."""
    return f"c:{iso2.lower()}"


def language_word(code: str) -> str:
    """The word of everything in a language, whatever its script or region."""
    return f"l:{code.lower().partition('-')[0]}"


def service_word(service: str) -> str:
    """The word of everything that offers a service."""
    return f"s:{service}"


def name_word(name: str) -> str:
    """The word of a whole name; of a very long one its beginning."""
    return f"n:{' '.join(runs_of(name))}"[:LONGEST_WORD]


def town_word(town: str) -> str:
    """The word of a town's whole name."""
    return f"t:{' '.join(runs_of(town))}"[:LONGEST_WORD]


def is_text(word: str) -> bool:
    """Whether a word of the index stands in a text, as words of the vocabulary do."""
    return word[1:2] != ":"


class _Words:
    """Words being gathered, those of greater weight first."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def add_names(self, name: str, names: dict[str, str]) -> None:
        """The names of a row, word by word and whole."""
        self.add_code(Weight.NAME, name_word(name))
        self.add(Weight.NAME, name)
        for other in names.values():
            self.add_code(Weight.OTHER_NAME, name_word(other))
        self.add(Weight.OTHER_NAME, *names.values())

    def add_code(self, weight: Weight, word: str) -> None:
        """A word that is no text."""
        self._found.setdefault(word[:LONGEST_WORD], weight)

    def add(self, weight: Weight, *texts: str) -> None:
        """The words of texts."""
        for text in texts:
            for token in tokens_of(text):
                self._found.setdefault(token, weight)

    def most(self) -> dict[str, int]:
        """As many of them as a row may have."""
        return dict(islice(self._found.items(), MOST_WORDS))
