"""What was said last about visits: entries of the ledger, rules and statements, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from directory.models import AccessEvent, CountryAccess, VisitingRule
from directory.queries.access_ledger import entries
from directory.queries.countries import access_rules
from directory.queries.visiting_state import Subject


@dataclass(frozen=True, slots=True)
class Said:
    """A row, and when it was last written.

    Of what a group wrote only the day is known: the minute could lead to what else its author
    did in it.
    """

    row: AccessEvent | VisitingRule | CountryAccess
    at: dt.datetime


def access_news(subject: Subject | None, number: int) -> list[Said]:
    """So many rows about a place or country, or about all, newest first. Three or four queries.

    Entries that a later one replaces are left out.
    """
    events, rules, statements = _rows(subject)
    found = [Said(row, row.created_at) for row in events.order_by("-created_at", "-id")[:number]]
    found += [
        Said(row, _day(row.updated_at) if row.author else row.updated_at)
        for row in rules.select_related("facility", "country").order_by("-updated_at", "-id")[
            :number
        ]
    ]
    found += [Said(row, row.updated_at) for row in statements]
    found.sort(key=lambda one: (one.at, one.row.pk), reverse=True)
    return found[:number]


def _rows(
    subject: Subject | None,
) -> tuple[QuerySet[AccessEvent], QuerySet[VisitingRule], list[CountryAccess]]:
    events = entries().filter(superseded_by__isnull=True)
    rules = VisitingRule.objects.all()
    if subject is None:
        return events, rules, list(CountryAccess.objects.all())
    place, land = subject.place, subject.land
    if place is None:
        access = access_rules(land)
        return (
            events.filter(country=land),
            rules.filter(country=land),
            [*access.own, *access.union],
        )
    here = Q(facility=place) | Q(facility__merged_into=place)
    anywhere = Q(nationwide=True, country=land)
    return events.filter(here | anywhere), rules.filter(here), []


def _day(moment: dt.datetime) -> dt.datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
