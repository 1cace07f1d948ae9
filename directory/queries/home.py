"""What the first page says of the whole directory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from directory.enums import Claim
from directory.models import Listing
from directory.queries.freshness import FRESH_DAYS
from network.fields import PartialDate

RECENT_YEARS = 2


@dataclass(frozen=True, slots=True)
class DirectoryAge:
    """How many listings are confirmed by their group, dated by a source, or of unknown date.

    The three add up to `total`. `recent` of the dated are from `recent_year` or later, and
    `confirmed_lately` of the confirmed from the last 90 days.
    """

    total: int
    confirmed: int
    confirmed_lately: int
    dated: int
    recent: int
    recent_year: int
    unknown: int


def directory_age(today: dt.date) -> DirectoryAge:
    """How old the directory is. One query."""
    year = today.year - RECENT_YEARS
    found = Q(claim=Claim.UNCLAIMED)
    confirmed = ~found & Q(confirmed_on__isnull=False)
    dated = found & Q(as_of__isnull=False)
    lately = confirmed & Q(confirmed_on__gte=today - dt.timedelta(days=FRESH_DAYS))
    counts = Listing.objects.aggregate(
        total=Count("pk"),
        confirmed=Count("pk", filter=confirmed),
        confirmed_lately=Count("pk", filter=lately),
        dated=Count("pk", filter=dated),
        recent=Count("pk", filter=dated & Q(as_of__gte=PartialDate(year))),
    )
    unknown = counts["total"] - counts["confirmed"] - counts["dated"]
    return DirectoryAge(**counts, recent_year=year, unknown=unknown)
