"""The order in which names stand in an index."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from directory.models import Country
from frontend.templatetags.atlas import country_name


def by_name(countries: Iterable[Country]) -> list[Country]:
    """Countries by their name in the reader's language, accents aside."""
    return sorted(countries, key=lambda country: sort_key(country_name(country)))


def sort_key(name: str) -> str:
    """A name without accents and case, so that Åland stands under A."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()
