"""One row of `programs.csv` as a listing with its places and words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from babel import Locale, UnknownLocaleError

from directory.actions.importing.cells import Cells
from directory.actions.importing.limits import limit
from directory.actions.importing.places import Land, spot_of
from directory.actions.importing.report import RowRefusedError
from directory.enums import Claim, ProgramStatus
from directory.enums.source_words import PROGRAM_STATUS, is_service, services_of
from directory.ids import row_id
from directory.models import Country, Listing, ListingFacility, ListingTag
from directory.queries.import_facilities import FacilityNames

LONGEST_SERVICE = 60
_LABEL = "label made here"
_DASH = " \u2013 "
_OF_NODES = "--"
# Written in Latin letters as well as in those of the language's name for itself.
_EITHER_SCRIPT = frozenset(("az", "bs", "ku", "sr", "uz"))


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A listing, and the places it visits with facilities if certain.

    The listing has its country at hand.
    """

    listing: Listing
    visits: tuple[tuple[str, UUID | None], ...]

    def tags(self) -> set[tuple[str, str]]:
        """The words by which the listing is filtered."""
        listing = self.listing
        return {(ListingTag.Kind.LANGUAGE.value, code) for code in listing.languages} | {
            (ListingTag.Kind.SERVICE.value, service) for service in listing.services
        }


def program_row(cells: Cells, land: Land, facilities: FacilityNames) -> ProgramRow:
    """The listing of a row.

    Raises:
        RowRefusedError: it cannot be imported.
    """
    slug = _slug(cells)
    spot = spot_of(cells, land, exact_allowed=False)
    status, status_word = cells.choice("status", PROGRAM_STATUS, ProgramStatus.UNKNOWN)
    words = cells.words("services", LONGEST_SERVICE)
    listing = Listing(
        id=row_id("listing", slug),
        slug=slug,
        claim=Claim.UNCLAIMED,
        country=Country(id=land.id, iso2=land.iso2),
        organization_name=cells.text("organization", limit(Listing, "organization_name")),
        locality=cells.text("city", limit(Listing, "locality")),
        locality_basis=cells.text("city_basis", limit(Listing, "locality_basis")),
        latitude=spot.latitude,
        longitude=spot.longitude,
        precision=spot.precision,
        languages=cells.languages("languages"),
        services=services_of(words),
        services_source=words,
        website=cells.address("website"),
        status=status,
        status_source_value=status_word,
        founded=cells.date("founded", past=True),
        network=cells.text("network", limit(Listing, "network")),
        note=cells.note("notes"),
        text_language=cells.text_language(),
        source_url=cells.address("source_url", required=True),
        as_of=cells.date("as_of", past=True),
        as_of_basis=cells.text("as_of_basis", limit(Listing, "as_of_basis")),
        retrieved=cells.day("retrieved"),
    )
    _name(cells, listing)
    _meet_unknown(cells, words)
    names = cells.words("facilities_visited", limit(ListingFacility, "name"))
    return ProgramRow(listing, tuple((name, facilities.certain(name, land.id)) for name in names))


def _slug(cells: Cells) -> str:
    if _OF_NODES in cells.raw("slug"):
        raise RowRefusedError(
            'slug has two hyphens in a row, which mark programs of other nodes. Write one "-".'
        )
    return cells.slug("slug", limit(Listing, "slug"))


def _name(cells: Cells, listing: Listing) -> None:
    """Fill the names. The language of a name is the first one listed where that can be true."""
    name = cells.text("name", limit(Listing, "name"), required=True)
    english = cells.text("name_en", limit(Listing, "name"))
    is_label = cells.text("name_basis", 200).startswith(_LABEL)
    listing.name, listing.name_is_label = name, is_label
    listing.name_language = _language_of(name, english, listing.languages, is_label=is_label)
    if is_label and english:
        english = _whole_label(name, english)
    names = {listing.name_language: name} if listing.name_language else {}
    listing.names = {"en": english, **names} if english else names
    listing.names_of_source = sorted(listing.names)


def _language_of(name: str, english: str, languages: list[str], *, is_label: bool) -> str:
    first = languages[0] if languages else ""
    if name == english:
        return "en"
    if first == "en":
        # An English name needs no English translation.
        return "" if english else "en"
    if is_label and not english:
        return ""
    return first if first and _is_written_in(name, first) else ""


def _is_written_in(name: str, language: str) -> bool:
    """Whether a name can be in a language: it has a letter that is not Latin where it must."""
    return _is_latin_language(language) or any(not _is_latin(c) for c in name if c.isalpha())


@cache
def _is_latin_language(language: str) -> bool:
    """Whether a language may be written in Latin letters; of one that is not known, that too."""
    try:
        own_name = Locale.parse(language, sep="-").get_display_name() or ""
    except UnknownLocaleError:
        return True
    return language in _EITHER_SCRIPT or any(map(_is_latin, own_name))


def _is_latin(char: str) -> bool:
    return "LATIN" in unicodedata.name(char, "")


def _whole_label(name: str, english: str) -> str:
    """An English label with the organization in front, where the file only names the activity."""
    organization, dash, _activity = name.partition(_DASH)
    plain = all(_is_latin(char) for char in organization if char.isalpha())
    is_activity = english[:1].islower() or plain
    if not dash or _DASH in english or not is_activity:
        return english
    return f"{organization}{_DASH}{english}"[: limit(Listing, "name")]


def _meet_unknown(cells: Cells, words: list[str]) -> None:
    for word in words:
        if not is_service(word):
            cells.report.meet("services", word)
