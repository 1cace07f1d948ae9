"""Countries: what is known of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from directory.enums import VisitorCategory
from directory.enums.union import OUTERMOST, UNION, exception_to, jurisdictions_of
from directory.models import AccessEvent, Country, CountryAccess, Facility, Listing

PROGRAMS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Who may visit in a country: its own rules, and those of the Union, each family first.

    `excepted` names the acts of the Union that do not bind this country as they bind others;
    their rules are left out.
    """

    own: tuple[CountryAccess, ...]
    union: tuple[CountryAccess, ...]
    excepted: tuple[str, ...]


def _number_of(rows: QuerySet[Listing] | QuerySet[Facility] | QuerySet[AccessEvent]) -> Coalesce:
    """How many of these rows a country has."""
    counted = rows.filter(country=OuterRef("pk")).order_by().values("country")
    number = counted.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def countries_with_counts() -> QuerySet[Country]:
    """All countries with `programs`, `places`, `events` and `has_rules`. One query."""
    places = Facility.objects.filter(merged_into__isnull=True)
    rules = CountryAccess.objects.filter(jurisdiction=OuterRef("iso2"))
    return Country.objects.annotate(
        programs=_number_of(Listing.objects.all()),
        places=_number_of(places),
        events=_number_of(AccessEvent.objects.all()),
        has_rules=Exists(rules),
    )


def all_countries() -> QuerySet[Country]:
    """Every country that this node knows, for a choice. One query."""
    return Country.objects.order_by("iso2")


def countries_with_programs() -> QuerySet[Country]:
    """The countries in which a program is listed, each with `programs`. One query."""
    counted = Country.objects.annotate(programs=Count("listings")).filter(programs__gt=0)
    return counted.order_by("iso2")


def countries_with_places() -> QuerySet[Country]:
    """The countries in which a place is listed, each with `places`. One query."""
    listed = Count("facilities", filter=Q(facilities__merged_into__isnull=True))
    return Country.objects.annotate(places=listed).filter(places__gt=0).order_by("iso2")


def country_by_code(iso2: str) -> Country | None:
    """The country of an upper-case ISO code, if there is one. One query."""
    return Country.objects.filter(iso2=iso2).first()


def country_with_counts(iso2: str) -> Country:
    """One country with its counts, by its upper-case ISO code. One query.

    Raises:
        Country.DoesNotExist: no country has this code.
    """
    return countries_with_counts().get(iso2=iso2)


def access_rules(country: Country) -> AccessRules:
    """The rules of a country and of the Union. One query."""
    return access_rules_of([country])[country.pk]


def access_rules_of(countries: Collection[Country]) -> dict[UUID, AccessRules]:
    """The rules of each of these countries, by its id. One query, however many there are."""
    if not countries:
        return {}
    wanted = {code for one in countries for code in jurisdictions_of(one.iso2)}
    order = {category: place for place, category in enumerate(VisitorCategory.values)}
    rows = sorted(
        CountryAccess.objects.filter(jurisdiction__in=wanted),
        key=lambda row: (order[row.visitor_category], row.source_url),
    )
    return {one.pk: _rules_of(one, rows) for one in countries}


def _rules_of(country: Country, among: Iterable[CountryAccess]) -> AccessRules:
    own = jurisdictions_of(country.iso2)
    rows = [row for row in among if row.jurisdiction in own]
    union = [row for row in rows if row.jurisdiction == UNION]
    acts = {row.pk: exception_to(row.legal_basis, country.iso2) for row in union}
    return AccessRules(
        own=tuple(row for row in rows if row.jurisdiction != UNION),
        union=tuple(row for row in union if not acts[row.pk]),
        excepted=tuple(sorted({act for act in acts.values() if act})),
    )


def outermost_region_of(country: Country) -> Country | None:
    """The member state that an outermost region of the Union belongs to. At most one query."""
    state = OUTERMOST.get(country.iso2)
    return country_by_code(state) if state else None


def programs_in(country: Country) -> QuerySet[Listing]:
    """The first programs of a country, by name. One query."""
    rows = Listing.objects.filter(country=country).order_by("name", "slug")
    return rows[:PROGRAMS_SHOWN]
