"""Addresses of programs, made from their names."""

from __future__ import annotations

from collections.abc import Mapping

from directory.models import Claimed, Listing, Program, Suppression
from directory.slugs import SHORTEST, first_free, word_of
from network.models import Organization

LONGEST = 80


def free_slug(organization: Organization, country: str, names: Mapping[str, str]) -> str:
    """An address that no public entry has or had, and no other program of the group.

    Programs of other groups are not asked: that an address is taken would say that they have one.
    Where two want the same the one that is published later gets a number, see `publication_of`.
    """
    stem = f"{country.lower()}-{_word(organization, names)}"
    return first_free(stem, LONGEST, lambda slug: _is_taken(organization, slug))


def _word(organization: Organization, names: Mapping[str, str]) -> str:
    """The name in letters a to z: the English one, else one that has enough of them."""
    ordered = [names[code] for code in sorted(names, key=lambda code: code != "en")]
    for name in (*ordered, organization.slug):
        word = word_of(name)
        if len(word) >= SHORTEST:
            return word
    return "program"


def _is_taken(organization: Organization, slug: str) -> bool:
    return any(
        rows.filter(slug=slug).exists()
        for rows in (
            Program.objects.filter(organization=organization),
            Listing.objects.all(),
            Claimed.objects.all(),
            Suppression.objects.all(),
        )
    )
