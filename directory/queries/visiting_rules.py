"""The rules for a visit, by kind of visitor, the most trustworthy first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from directory.enums import VisitorCategory
from directory.models import Country, Facility, VisitingRule

RECENT_DAYS = 365
RULES = 100


@dataclass(frozen=True, slots=True)
class RulesFor:
    """The rules for one kind of visitor: the one to show first, and the others."""

    category: str
    rule: VisitingRule
    others: tuple[VisitingRule, ...]


def rules_of(facility: Facility) -> QuerySet[VisitingRule]:
    """The rules of a place and its merged duplicates. One query."""
    here = Q(facility=facility) | Q(facility__merged_into=facility)
    return VisitingRule.objects.filter(here).order_by(
        F("as_of").desc(nulls_last=True), "source_url", "id"
    )[:RULES]


def rules_without_place(country: Country) -> QuerySet[VisitingRule]:
    """The rules in a country for places that are not listed. One query."""
    rows = VisitingRule.objects.filter(country=country, facility__isnull=True)
    return rows.order_by("facility_name", "visitor_category", "id")[:RULES]


def by_visitor(rules: Iterable[VisitingRule], today: dt.date) -> list[RulesFor]:
    """Rules grouped by kind of visitor, family first.

    First within a kind comes what a source dated within a year, then what a source still showed
    without a date when it was read, then older dates, newest first: a page that is on view is
    worth more than one that is known to be old.
    """
    kinds: dict[str, list[VisitingRule]] = {}
    for rule in rules:
        kinds.setdefault(rule.visitor_category, []).append(rule)
    ranked = (
        (category, sorted(kinds[category], key=lambda rule: _rank(rule, today)))
        for category in VisitorCategory.values
        if category in kinds
    )
    return [RulesFor(category, found[0], tuple(found[1:])) for category, found in ranked]


def _rank(rule: VisitingRule, today: dt.date) -> tuple[int, int, str]:
    """Recent, undated, old; within each the newest first. A group's rule is as new as its word."""
    days = [rule.as_of.first_day] if rule.as_of else []
    days += [rule.confirmed_on] if rule.confirmed_on else []
    if not days:
        return (1, 0, rule.source_url)
    age = (today - max(days)).days
    return (0 if age <= RECENT_DAYS else 2, age, rule.source_url)
