"""Addresses of groups that apply, made from their names."""

from __future__ import annotations

from directory.models import OrganizationCard
from directory.slugs import SHORTEST, first_free, word_of
from network.models import Organization, RetiredSlug

LONGEST = 70


def free_slug(name: str, country: str) -> str:
    """An address that no group of this node has or had; for the operator's eyes."""
    word = word_of(name)
    stem = word if len(word) >= SHORTEST else f"group-{country.lower()}"
    return first_free(stem, LONGEST, _is_taken)


def _is_taken(slug: str) -> bool:
    return any(
        rows.filter(slug=slug).exists()
        for rows in (Organization.objects, RetiredSlug.objects, OrganizationCard.objects)
    )
