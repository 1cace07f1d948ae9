"""The answer to "May I visit?" by kind of visitor, from rules and ledger together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from directory.enums import VisitorCategory, YesNo
from directory.models import VisitingRule
from directory.queries.access_ledger import Standing
from directory.queries.visiting_rules import RulesFor

# What a rule can say, in the order in which what is missing is named.
TERMS = (
    "days_hours",
    "booking_required",
    "id_required",
    "max_minutes",
    "max_visitors",
    "minors",
    "items_barred",
    "transport",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known for one kind of visitor: a rule with older ones, and standings.

    `missing` names the terms on which the rule says nothing.
    """

    category: str
    rule: VisitingRule | None
    others: tuple[VisitingRule, ...]
    standings: tuple[Standing, ...]
    missing: tuple[str, ...]


def answers(rules: Sequence[RulesFor], known: Sequence[Standing]) -> list[Answer]:
    """An answer for each kind of visitor with a rule, and always one for family and friends.

    Whom only the ledger speaks of stands in the table of the ledger, not here.
    """
    by_category = {group.category: group for group in rules}
    found = []
    for category in VisitorCategory.values:
        group = by_category.get(category)
        if group is None and category != VisitorCategory.FAMILY_FRIEND:
            continue
        rule = group.rule if group else None
        others = group.others if group else ()
        standing = tuple(one for one in known if one.category == category)
        found.append(Answer(category, rule, others, standing, missing_of(rule)))
    return found


def missing_of(rule: VisitingRule | None) -> tuple[str, ...]:
    """The terms on which a rule says nothing."""
    if rule is None:
        return ()
    return tuple(term for term in TERMS if getattr(rule, term) in ("", None, [], YesNo.UNKNOWN))


def silent_categories(known: Sequence[Standing]) -> list[str]:
    """The kinds of visitor of whom the ledger says nothing that holds for everybody."""
    spoken = {one.category for one in known} | {VisitorCategory.UNKNOWN.value}
    return [category for category in VisitorCategory.values if category not in spoken]
