"""Which facility a source means by a name, where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from directory.models import Facility
from directory.queries.folding import fold

# Words that say what kind of place it is and not which one; folded. Plurals are not among them:
# they speak of several places.
_GENERIC_WORDS = """
    center centre contract detention facility holding ice idc immigration irc processing removal
    service short term transit
    administrative cra de du illegaux la les pour rapatriement retention
    cie centro del el extranjeros internamiento para
    centrum voor illegalen
    cpr di i per permanenza rimpatri
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_LAST_NUMBER = re.compile(r"\s\d+$")

_Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A facility that a file may name by its slug."""

    id: UUID
    name: str
    country_id: UUID


class FacilityNames:
    """All facilities by country and name, read once. One query.

    A name is certain where it equals, case and accents aside, the name of exactly one facility of
    the country; failing that, where both are equal once the generic words are taken away, again
    of exactly one. A bare town is never enough for the second. Nothing is guessed from a part of
    a name.
    """

    def __init__(self) -> None:
        # A key that several facilities share, or that does not settle which, leads to None.
        self._whole: dict[_Key, UUID | None] = {}
        self._core: dict[_Key, UUID | None] = {}
        self._towns: dict[UUID, str] = {}
        self.by_slug: dict[str, Known] = {}
        rows = Facility.objects.order_by().only(
            "slug", "name", "country_id", "locality", "merged_into_id"
        )
        for row in rows.iterator(chunk_size=1000):
            self.by_slug[row.slug] = Known(row.pk, row.name, row.country_id)
            # A duplicate's name means what it was merged into.
            self._add(row.merged_into_id or row.pk, row.country_id, row.name)
            self._towns[row.pk] = _words(row.locality)

    def _add(self, place: UUID, country: UUID, name: str) -> None:
        for text in {name, _IN_BRACKETS.sub("", name)}:
            _note(self._whole, (country, _words(text)), place)
            core = _core(text)
            _note(self._core, (country, core), place)
            # "Centre 2" may or may not be what is meant by "Centre".
            if _LAST_NUMBER.search(core):
                self._core[(country, _LAST_NUMBER.sub("", core))] = None

    def certain(self, name: str, country: UUID) -> UUID | None:
        """The one facility that a source's name means, or none."""
        words = _words(name)
        if (country, words) in self._whole:
            return self._whole[(country, words)]
        core = _core(name)
        match = self._core.get((country, core)) if core else None
        if match is None or (core == words and core == self._towns.get(match)):
            return None
        return match


def _note(index: dict[_Key, UUID | None], key: _Key, place: UUID) -> None:
    if index.setdefault(key, place) != place:
        index[key] = None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _core(text: str) -> str:
    return " ".join(word for word in _words(text).split() if word not in GENERIC)
