"""How old a listing is: Python and SQL give the same answer for every date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.enums import Claim, Freshness
from directory.models import Listing
from directory.queries.freshness import (
    first_text,
    freshness_of,
    is_contact_folded,
    listings_that_are,
)
from network.fields import PartialDate
from tests.factories import make_listing

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "fresh"),
        (90, "fresh"),
        (91, "ageing"),
        (180, "ageing"),
        (181, "stale"),
        (4000, "stale"),
    ],
)
def test_age_of_a_confirmed_listing(days, expected):
    listing = Listing(claim=Claim.OWN, confirmed_on=TODAY - dt.timedelta(days=days))
    assert freshness_of(listing, TODAY) == expected


def test_a_group_is_measured_by_its_own_day_and_a_source_by_its_date():
    listing = Listing(claim=Claim.OWN, confirmed_on=None, as_of=PartialDate(2026, 11, 20))
    assert freshness_of(listing, TODAY) == Freshness.UNKNOWN
    listing = Listing(claim=Claim.UNCLAIMED, confirmed_on=TODAY, as_of=None)
    assert freshness_of(listing, TODAY) == Freshness.UNKNOWN


def test_a_partial_date_counts_from_its_first_day():
    listing = Listing(claim=Claim.UNCLAIMED, as_of=PartialDate(2026))
    assert freshness_of(listing, TODAY) == Freshness.STALE
    listing = Listing(claim=Claim.UNCLAIMED, as_of=PartialDate(2026, 11))
    assert freshness_of(listing, TODAY) == Freshness.FRESH


@pytest.mark.parametrize(("days", "folded"), [(365, False), (366, True)])
def test_a_contact_is_folded_after_a_year(days, folded):
    listing = Listing(claim=Claim.OWN, confirmed_on=TODAY - dt.timedelta(days=days))
    assert is_contact_folded(listing, TODAY) is folded
    assert is_contact_folded(Listing(claim=Claim.OWN), TODAY) is False


days = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))


@st.composite
def partial_dates(draw):
    day = draw(days)
    parts = draw(st.sampled_from([(day.year,), (day.year, day.month)]) | st.just(None))
    return PartialDate(*(parts or (day.year, day.month, day.day)))


@given(partial_dates(), days | st.dates().map(lambda d: d.replace(day=1, year=2026)))
def test_text_order_is_the_order_of_first_days(date, bound):
    assert (date >= first_text(bound)) == (date.first_day >= bound)


@pytest.mark.django_db
def test_the_filter_finds_what_the_reading_says():
    """Listings around every border, of every claim, on days at and beside month and year ends."""
    for claim in Claim:
        for year, month, day in ((2026, 1, 1), (2026, 3, 1), (2025, 12, 31), (2026, 5, 25)):
            for cut in (1, 2, 3):
                date = PartialDate(*(year, month, day)[:cut])
                make_listing(claim=claim, as_of=date, confirmed_on=date.first_day)
        make_listing(claim=claim)
    rows = list(Listing.objects.all())
    start = dt.date(2025, 12, 25)
    seen = set()
    for offset in range(400):
        today = start + dt.timedelta(days=offset)
        for freshness in Freshness:
            expected = {row.pk for row in rows if freshness_of(row, today) == freshness}
            found = Listing.objects.filter(listings_that_are(freshness, today))
            assert set(found.values_list("pk", flat=True)) == expected, (today, freshness)
            seen |= {freshness} if expected else set()
    assert seen == set(Freshness)
