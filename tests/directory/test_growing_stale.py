"""What grows stale is counted whole and listed oldest first, at the same cost for any number."""

import datetime as dt

import pytest

from directory.enums import Claim, Freshness
from directory.queries.growing_stale import stale_listings
from network.fields import PartialDate
from network.tenancy import visitor
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def own(slug, days):
    day = None if days is None else TODAY - dt.timedelta(days=days)
    return make_listing(slug=slug, claim=Claim.OWN, confirmed_on=day, as_of=None)


def unclaimed(slug, as_of):
    date = as_of and PartialDate.parse(as_of)
    return make_listing(slug=slug, claim=Claim.UNCLAIMED, confirmed_on=None, as_of=date)


def test_an_empty_directory_has_nothing_stale():
    found = stale_listings(visitor(), today=TODAY)
    assert found.own.rows == found.unclaimed.rows == []
    assert set(found.own.counts) == set(Freshness)
    assert found.own.number == found.unclaimed.number == 0


def test_each_kind_is_measured_by_its_own_date():
    own("fresh", 90)
    own("ageing", 91)
    own("stale", 400)
    own("undated", None)
    unclaimed("found", "2021-05")
    unclaimed("older", "2019")
    unclaimed("new", "2026-11")
    unclaimed("no-date", None)
    found = stale_listings(visitor(), today=TODAY)
    assert [row.slug for row in found.own.rows] == ["stale", "ageing"]
    assert found.own.counts == {"fresh": 1, "ageing": 1, "stale": 1, "unknown": 1}
    assert found.own.number == 2
    assert [row.slug for row in found.unclaimed.rows] == ["older", "found"]
    assert found.unclaimed.counts == {"fresh": 1, "ageing": 0, "stale": 2, "unknown": 1}


@pytest.mark.parametrize("number", [1, 3])
def test_three_queries_for_any_number(number, django_assert_num_queries):
    for one in range(number):
        own(f"own-{one}", 200 + one)
        unclaimed(f"found-{one}", f"20{10 + one}")
    with django_assert_num_queries(3):
        found = stale_listings(visitor(), today=TODAY, size=2)
        names = [(row.country.iso2, row.organization) for row in found.own.rows]
    assert len(names) == min(number, 2)
    assert found.own.number == found.unclaimed.number == number
