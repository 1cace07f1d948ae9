"""Which facility a source means by a name, where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from directory.models import Facility
from network.words.folding import fold

# Words that say what kind of place it is and not which one; folded. Plurals are not among them:
# they speak of several places.
_GENERIC_WORDS = """
    center centre contract detention facility holding ice idc immigration irc processing removal
    service short term transit
    administrative cra de du illegaux la les pour rapatriement retention
    cie centro del el extranjeros internamiento para
    centrum voor illegalen
    cpr di i per permanenza rimpatri
    accommodation department migrant of residential
    politiets utlendingsinternat
    detensi imigrasi rudenim rumah
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
_IN_BRACKETS = re.compile(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]")
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

    A name is certain where it equals, case, accents and additions in brackets aside, the name of
    exactly one facility of the country; failing that, where both are equal once the generic words
    are taken away, again of exactly one. A bare town or site is certain where only one facility
    of the country lies in a town or has a name of just that word. Nothing is guessed from a part
    of a name.
    """

    def __init__(self) -> None:
        # A key that several facilities share, or that does not settle which, leads to None.
        self._whole: dict[_Key, UUID | None] = {}
        self._core: dict[_Key, UUID | None] = {}
        self._either: dict[_Key, UUID | None] = {}
        self.by_slug: dict[str, Known] = {}
        rows = Facility.objects.order_by().only(
            "slug", "name", "country_id", "locality", "merged_into_id"
        )
        for row in rows.iterator(chunk_size=1000):
            self.by_slug[row.slug] = Known(row.pk, row.name, row.country_id)
            # A duplicate's name means what it was merged into.
            self._add(row.merged_into_id or row.pk, row.country_id, row.name)
            if town := _words(row.locality):
                _note(self._either, (row.country_id, town), row.merged_into_id or row.pk)

    def _add(self, place: UUID, country: UUID, name: str) -> None:
        for text in {name, _IN_BRACKETS.sub("", name)}:
            _note(self._whole, (country, _words(text)), place)
            core = _core(text)
            # "Centre 2" may or may not be what is meant by "Centre".
            less = _LAST_NUMBER.sub("", core)
            for index in (self._core, self._either):
                _note(index, (country, core), place)
                if less != core:
                    index[(country, less)] = None

    def certain(self, name: str, country: UUID) -> UUID | None:
        """The one facility that a source's name means, or none."""
        for text in dict.fromkeys((name, _IN_BRACKETS.sub("", name))):
            if (key := (country, _words(text)))[1] and key in self._whole:
                return self._whole[key]
        words = _words(_IN_BRACKETS.sub("", name))
        core = _core(words)
        if not core:
            return None
        is_bare = core == words
        if not is_bare and (country, core) in self._core:
            return self._core[(country, core)]
        return self._either.get((country, core))


def _note(index: dict[_Key, UUID | None], key: _Key, place: UUID) -> None:
    if index.setdefault(key, place) != place:
        index[key] = None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _core(text: str) -> str:
    return " ".join(word for word in _words(text).split() if word not in GENERIC)
