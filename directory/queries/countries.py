"""Countries: what is known of each."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from directory.enums import VisitorCategory
from directory.enums.union import UNION, jurisdictions_of
from directory.models import AccessEvent, Country, CountryAccess, Facility, Listing

PROGRAMS_SHOWN = 30


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


def access_rules(country: Country) -> tuple[list[CountryAccess], list[CountryAccess]]:
    """The rules of a country and those of the Union that hold there, family first. One query."""
    order = {category: place for place, category in enumerate(VisitorCategory.values)}
    rows = sorted(
        CountryAccess.objects.filter(jurisdiction__in=jurisdictions_of(country.iso2)),
        key=lambda row: (order[row.visitor_category], row.source_url),
    )
    own = [row for row in rows if row.jurisdiction != UNION]
    return own, [row for row in rows if row.jurisdiction == UNION]


def programs_in(country: Country) -> QuerySet[Listing]:
    """The first programs of a country, by name. One query."""
    rows = Listing.objects.filter(country=country).order_by("name", "slug")
    return rows[:PROGRAMS_SHOWN]
