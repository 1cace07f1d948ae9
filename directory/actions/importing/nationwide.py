"""Whether a name in the ledger means every place of immigration detention in its country."""

from __future__ import annotations

import re

from network.words.folding import fold

# Whatever may stand in brackets without taking a part of the country out: what was done there.
_CONTACT = re.compile(r"\b(?:visits?|lawyers?|consuls?|telephone|phone|letters?)\b")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_WHOSE = r"(?:ice|immigration|immigrant|migrant|migration|administrative)"
_WHERE = r"(?:centres|centers|facilities|depots|places|sites)"
# Places of immigration detention in general. Prisons, police cells, removal centres and the like
# are one kind among several.
_PLACES = re.compile(
    rf"(?P<all>all )?(?:the )?(?:onshore )?(?P<whose>{_WHOSE} )?"
    rf"(?:(?P<detention>detention)(?: {_WHERE})?|(?:places of detention|centres|centers))"
)
# Words of one country's own law for all its immigration detention together. Belgium: the closed
# centres of the Royal Decree of 2 August 2002. Mexico: Ley de Migracion, article 3.
_OWN_WORDS = {"BE": "closed centres", "MX": "migration stations and provisional stays"}


def speaks_for_all(name: str, iso2: str, country_names: tuple[str, ...]) -> bool:
    """Whether an entry under this name, tied to no place, speaks for every place in a country.

    True for "All ...", "... nationwide", "... in COUNTRY" and immigration detention in general;
    false for one kind of place, a part of the country, one agency or named places, and wherever
    it is not plain: an entry shown at too few places misleads nobody.
    """
    if any(not _CONTACT.search(addition) for addition in _IN_BRACKETS.findall(name)):
        return False
    words = " ".join(fold(_IN_BRACKETS.sub(" ", name)).split())
    core = _without_country(words, country_names)
    is_whole = core != words
    if iso2 in _OWN_WORDS and core.removeprefix("all ") == _OWN_WORDS[iso2]:
        return core.startswith("all ") or is_whole
    found = _PLACES.fullmatch(core)
    if found is None:
        return False
    return is_whole or bool(found["all"] or (found["whose"] and found["detention"]))


def _without_country(words: str, country_names: tuple[str, ...]) -> str:
    """The words without the end that says that the whole country is meant."""
    ends = ["nationwide", "throughout the country"]
    for name in map(fold, country_names):
        ends += [f"in {name}", f"in the {name}"]
    end = next((end for end in ends if words.endswith(f" {end}")), "")
    return words.removesuffix(end).strip()
