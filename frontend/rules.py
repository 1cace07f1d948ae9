"""Which rule of a country stands beside one program."""

from __future__ import annotations

from collections.abc import Sequence

from directory.enums import VisitorCategory
from directory.models import CountryAccess

# What somebody who wants to visit asks first.
ORDER = (VisitorCategory.VOLUNTEER_VISITOR, VisitorCategory.FAMILY_FRIEND)


def rule_for_visitors(rules: Sequence[CountryAccess]) -> CountryAccess | None:
    """The rule for volunteers, else for family, else none; the country's own before the Union's.

    `rules` come with the country's own first.
    """
    for category in ORDER:
        for rule in rules:
            if rule.visitor_category == category:
                return rule
    return None
