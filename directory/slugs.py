"""Addresses made from names: small letters, digits and hyphens."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.text import slugify

SHORTEST = 3


def word_of(name: str) -> str:
    """A name in letters a to z, digits and hyphens; empty where it has none of them."""
    return slugify(name).replace("_", "-").strip("-")


def first_free(stem: str, longest: int, is_taken: Callable[[str], bool]) -> str:
    """The stem, cut to so many letters, or with the first number from 2 on that is not taken."""
    stem = stem[:longest].rstrip("-")
    slug, number = stem, 1
    while is_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug
