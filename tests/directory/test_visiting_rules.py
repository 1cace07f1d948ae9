"""Rules for a visit: family first, and of several rules the most trustworthy first."""

import datetime as dt

import pytest

from directory.enums.union import MEMBER_STATES, jurisdictions_of
from directory.queries.visiting_rules import by_visitor, rules_of, rules_without_place
from network.fields import PartialDate
from tests.factories import make_country, make_facility, make_rule

TODAY = dt.date(2026, 11, 21)


@pytest.mark.django_db
def test_recent_before_undated_before_old():
    place = make_facility()
    old = make_rule(facility=place, as_of=PartialDate(2008, 11, 5))
    older = make_rule(facility=place, as_of=PartialDate(2007))
    undated = make_rule(facility=place, as_of=None)
    (group,) = by_visitor(rules_of(place), TODAY)
    assert (group.rule, *group.others) == (undated, old, older)
    recent = make_rule(facility=place, as_of=PartialDate(2026, 4))
    (group,) = by_visitor(rules_of(place), TODAY)
    assert (group.rule, *group.others) == (recent, undated, old, older)


@pytest.mark.django_db
def test_family_first_and_only_rules_of_this_place():
    place = make_facility()
    make_rule(facility=place, visitor_category="ngo_monitor")
    make_rule(facility=place, visitor_category="family_friend")
    make_rule(facility=make_facility(merged_into=place), visitor_category="volunteer_visitor")
    make_rule(facility=make_facility())
    nowhere = make_rule(facility=None)
    make_rule(facility=None, country=make_country("GB"))
    groups = by_visitor(rules_of(place), TODAY)
    assert [group.category for group in groups] == [
        "family_friend",
        "volunteer_visitor",
        "ngo_monitor",
    ]
    assert list(rules_without_place(place.country)) == [nowhere]


def test_union_law_holds_in_27_states_and_nowhere_else():
    assert len(MEMBER_STATES) == 27
    assert jurisdictions_of("FR") == ["FR", "EU"]
    for outside in ("GB", "CH", "NO", "TR", "US", "EU"):
        assert jurisdictions_of(outside) == [outside]
