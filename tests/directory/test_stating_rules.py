"""Rules for a visit that a group writes, beside those of sources."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.actions.stating import (
    StaleError,
    add_visiting_rule,
    confirm_visiting_rule,
    edit_visiting_rule,
    withdraw_visiting_rule,
)
from directory.models import VisitingRule
from directory.queries.cursor import page_in_order
from directory.queries.revisions import directory_revision
from directory.queries.stated import RULES, rules_of
from directory.queries.visiting_rules import by_visitor
from directory.queries.visiting_rules import rules_of as rules_at
from network.fields import PartialDate
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import acting
from tests.directory.stating import RULE, promote_chiara, refusals
from tests.factories import make_facility, make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_facility()


def add(cast, place, values=RULE, who="amara"):
    with acting(cast.actor(who)) as actor:
        return add_visiting_rule(actor, facility=place, values=values)


def edit(cast, rule, values, version):
    with acting(cast.actor("amara")) as actor:
        return edit_visiting_rule(actor, rule=rule, values={**RULE, **values}, version=version)


def test_only_who_may_write_to_the_ledger_writes_rules(cast, place):
    for name in ("bilal", "edna", "omar", "chiara", "esi", "dov"):
        with pytest.raises(Refused):
            add(cast, place, who=name)
    with pytest.raises(ValidationError) as error:
        add(cast, place, who="farid")
    assert error.value.code == "unverified"
    assert not VisitingRule.objects.exists()


def test_a_rule_is_public_at_once_signed_and_confirmed_today(cast, place):
    before = directory_revision()
    rule = add(cast, place, {**RULE, "items_barred": "telephones\ncameras", "languages": ["eng"]})
    found = rules_at(place).get()
    assert found == rule
    assert (found.author, found.facility_name) == ("harbour-visitors", place.name)
    assert (found.booking_lead_hours, found.items_barred) == (24, ["telephones", "cameras"])
    assert found.languages == ["en"]
    assert found.confirmed_on is not None
    assert directory_revision() != before


def test_the_same_again_makes_one_rule_and_another_is_refused(cast, place):
    rule = add(cast, place)
    assert add(cast, place) == rule
    with pytest.raises(ValidationError) as error:
        add(cast, place, {**RULE, "days_hours": "never"})
    assert refusals(error) == {"visitor_category": ["twice"]}
    # Two places may have one name, and others their own rules.
    make_rule(facility=place)
    add(cast, make_facility(name=place.name))
    assert VisitingRule.objects.count() == 3


def test_a_change_is_a_new_version_and_a_stale_one_is_refused(cast, place):
    rule = add(cast, place)
    changed = edit(cast, rule, {"days_hours": "Tue 10:00-12:00"}, 1)
    assert (changed.version, changed.days_hours) == (2, "Tue 10:00-12:00")
    with pytest.raises(StaleError) as stale:
        edit(cast, rule, {"days_hours": "Wed"}, 1)
    assert stale.value.present.days_hours == "Tue 10:00-12:00"
    # Who says what is there already has lost nothing.
    assert edit(cast, rule, {"days_hours": "Tue 10:00-12:00"}, 1).version == 2
    assert VisitingRule.objects.get().days_hours == "Tue 10:00-12:00"


def test_a_change_cannot_take_the_kind_of_visitor_of_another_rule(cast, place):
    add(cast, place)
    other = add(cast, place, {**RULE, "visitor_category": "legal"})
    with pytest.raises(ValidationError) as error:
        edit(cast, other, {"visitor_category": "family_friend"}, 1)
    assert refusals(error) == {"visitor_category": ["twice"]}


def test_confirming_moves_the_day_only(cast, place):
    rule = add(cast, place)
    with acting(cast.actor("amara")) as amara:
        VisitingRule.objects.filter(pk=rule.pk).update(confirmed_on=dt.date(2025, 1, 1))
        before = directory_revision()
        confirmed = confirm_visiting_rule(amara, rule=rule)
        assert confirmed.confirmed_on > dt.date(2025, 1, 1)
        assert (confirmed.days_hours, confirmed.version) == (rule.days_hours, 2)
        assert directory_revision() != before
        assert confirm_visiting_rule(amara, rule=rule).version == 2


def test_nobody_changes_anothers_rules(cast, place):
    mine, imported = add(cast, place), make_rule(facility=place)
    with acting(promote_chiara(cast)) as chiara:
        for rule in (mine, imported):
            with pytest.raises(Refused):
                edit_visiting_rule(chiara, rule=rule, values=RULE, version=1)
            with pytest.raises(Refused):
                confirm_visiting_rule(chiara, rule=rule)
            with pytest.raises(Refused):
                withdraw_visiting_rule(chiara, rule=rule)
    assert VisitingRule.objects.filter(version=1).count() == 2


def test_a_withdrawn_rule_is_gone_and_cannot_be_edited(cast, place):
    rule = add(cast, place)
    make_rule(facility=place)
    before = directory_revision()
    with acting(cast.actor("amara")) as amara:
        withdraw_visiting_rule(amara, rule=rule)
        withdraw_visiting_rule(amara, rule=rule)
        with pytest.raises(StaleError) as stale:
            confirm_visiting_rule(amara, rule=rule)
        assert stale.value.present is None
        found = AuditEntry.objects.filter(object_kind="visiting_rule").order_by("created_at")
        assert [one.verb.split(".")[1] for one in found] == ["added", "withdrawn"]
    assert [one.author for one in rules_at(place)] == [""]
    assert directory_revision() != before


def test_what_a_group_confirmed_lately_comes_before_an_older_source():
    place, today = make_facility(), dt.date(2026, 11, 21)
    source = make_rule(facility=place, as_of=PartialDate(2026, 10))
    confirmed = make_rule(
        facility=place,
        author="harbour-visitors",
        as_of=PartialDate(2024),
        confirmed_on=dt.date(2026, 11, 20),
    )
    (group,) = by_visitor(rules_at(place), today)
    assert (group.rule, group.others) == (confirmed, (source,))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"visitor_category": ""}, {"visitor_category": ["required"]}),
        ({"visitor_category": "unknown"}, {"visitor_category": ["required"]}),
        (
            {"days_hours": "", "booking_required": "", "booking_lead_hours": ""},
            {"__all__": ["empty"]},
        ),
        ({"booking_required": "no"}, {"booking_lead_hours": ["contradiction"]}),
        ({"max_minutes": "an hour"}, {"max_minutes": ["number"]}),
        ({"as_of": ""}, {"as_of": ["required"]}),
        ({"text_language": ""}, {"text_language": ["required"]}),
        ({"languages": "klingonish"}, {"languages": ["language"]}),
        ({"items_barred": ["x" * 81]}, {"items_barred": ["long"]}),
        ({"items_barred": {"a": 1}}, {"items_barred": ["type"]}),
        ({"note": "Ask for A123456789"}, {"note": ["identifies"]}),
        ({"author": "somebody"}, {"author": ["unknown"]}),
    ],
)
def test_every_refusal_stands_at_its_field(cast, place, values, expected):
    with pytest.raises(ValidationError) as error:
        add(cast, place, {**RULE, **values})
    assert refusals(error) == expected
    assert not VisitingRule.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_lists_ones_own_rules_in_one_query(cast, number, django_assert_num_queries):
    for _each in range(number):
        place = make_facility()
        add(cast, place)
        make_rule(facility=place)
    with acting(cast.actor("amara")) as amara:
        with django_assert_num_queries(1):
            found = page_in_order(rules_of(amara), RULES, None).rows
            assert len([rule.facility.country.iso2 for rule in found]) == number
    with acting(promote_chiara(cast)) as chiara:
        assert not rules_of(chiara).exists()
