"""The index of countries by region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directory.models import Country
from frontend.sorting import by_name, sort_key

# The regions of UN M49, as the sources of countries name them.
NAMES = {
    "Africa": _("Africa"),
    "Americas": _("Americas"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "Oceania": _("Oceania"),
    "": _("Without region"),
}


@dataclass(frozen=True, slots=True)
class Region:
    """A region with the countries of which something is known, and the others."""

    name: str
    known: tuple[Country, ...]
    unknown: tuple[Country, ...]


def is_known(country: Country) -> bool:
    """Whether the directory holds anything on a country that comes with its counts."""
    counts = (getattr(country, name) for name in ("programs", "places", "events", "has_rules"))
    return any(counts) or bool(country.right_statement)


def region_name(region: str) -> str:
    """The name of a region in the reader's language; the source's own word for another."""
    return str(NAMES.get(region, region))


def by_region(countries: Iterable[Country]) -> list[Region]:
    """Regions by name, the one without a name last; countries by name within each."""
    regions: dict[str, list[Country]] = {}
    for country in by_name(countries):
        regions.setdefault(country.region, []).append(country)
    ordered = sorted(regions, key=lambda region: (not region, sort_key(region_name(region))))
    return [
        Region(
            region_name(region),
            tuple(one for one in regions[region] if is_known(one)),
            tuple(one for one in regions[region] if not is_known(one)),
        )
        for region in ordered
    ]
