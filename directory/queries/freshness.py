"""How old a listing is: one reading in Python and the same one in SQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from directory.enums import Claim, Freshness
from directory.models import Listing
from network.fields import PartialDate

FRESH_DAYS = 90
AGEING_DAYS = 180
FOLD_DAYS = 365


def dated_on(listing: Listing) -> dt.date | None:
    """The earliest day that the date of a listing may mean, for measuring age; None if undated.

    A listing written by its group counts from the day on which the group confirmed it, one found
    in a source from the date of that source.
    """
    return dated(listing.claim, listing.confirmed_on, listing.as_of)


def dated(claim: str, confirmed_on: dt.date | None, as_of: PartialDate | None) -> dt.date | None:
    """As `dated_on`, for values that are not made into a listing."""
    if claim != Claim.UNCLAIMED:
        return confirmed_on
    return None if as_of is None else as_of.first_day


def freshness_of(listing: Listing, today: dt.date) -> Freshness:
    """How old a listing is. `listings_that_are` finds exactly the rows of each answer."""
    return freshness_on(dated_on(listing), today)


def freshness_on(day: dt.date | None, today: dt.date) -> Freshness:
    """How old is what counts from this day."""
    if day is None:
        return Freshness.UNKNOWN
    age = (today - day).days
    if age <= FRESH_DAYS:
        return Freshness.FRESH
    return Freshness.AGEING if age <= AGEING_DAYS else Freshness.STALE


def is_contact_folded(listing: Listing, today: dt.date) -> bool:
    """Whether the contact is so old that a reader must be told before it is shown."""
    day = dated_on(listing)
    return day is not None and (today - day).days > FOLD_DAYS


def listings_that_are(freshness: Freshness, today: dt.date) -> Q:
    """The condition under which `freshness_of` gives this answer: two comparisons a column."""
    fresh_from = today - dt.timedelta(days=FRESH_DAYS)
    ageing_from = today - dt.timedelta(days=AGEING_DAYS)
    bounds: dict[Freshness, tuple[dt.date | None, dt.date | None]] = {
        Freshness.FRESH: (fresh_from, None),
        Freshness.AGEING: (ageing_from, fresh_from),
        Freshness.STALE: (None, ageing_from),
    }
    if freshness not in bounds:
        return _either(Q(confirmed_on__isnull=True), Q(as_of__isnull=True))
    since, before = bounds[freshness]
    return _either(_range("confirmed_on", since, before), _range("as_of", since, before))


def first_text(day: dt.date) -> PartialDate:
    """The least partial date whose first day is not before `day`.

    Partial dates compare as text, and the first day of `2026-08` is that of `2026-08-01`, which
    sorts after it; so a bound on the first of a month is the month, on the first of a year the
    year.
    """
    if day.day > 1:
        return PartialDate(day.year, day.month, day.day)
    return PartialDate(day.year, day.month) if day.month > 1 else PartialDate(day.year)


def _range(column: str, since: dt.date | None, before: dt.date | None) -> Q:
    """A half-open range of days over a column of dates or of partial dates."""

    def bound(day: dt.date) -> Any:
        return first_text(day) if column == "as_of" else day

    condition = Q(**{f"{column}__isnull": False})
    if since is not None:
        condition &= Q(**{f"{column}__gte": bound(since)})
    if before is not None:
        condition &= Q(**{f"{column}__lt": bound(before)})
    return condition


def _either(confirmed: Q, sourced: Q) -> Q:
    """One condition for listings of groups, another for those found in sources."""
    found = Q(claim=Claim.UNCLAIMED)
    return (~found & confirmed) | (found & sourced)
