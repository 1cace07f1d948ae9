"""What grows stale in the directory: for those who look after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from directory.enums import Claim, Freshness
from directory.models import Listing
from directory.queries.freshness import listings_that_are
from network.tenancy import Actor

FIRST = 50


@dataclass(frozen=True, slots=True)
class Stale:
    """Listings of one kind: how many there are of each age, and the oldest of those not fresh.

    `counts` has every value of `Freshness`. `rows` are ageing or stale, oldest first, each with
    its country and its organization's card; what has no date at all is only counted.
    """

    counts: dict[Freshness, int]
    rows: list[Listing]

    @property
    def number(self) -> int:
        """How many are ageing or stale; `rows` may be the first of them."""
        return self.counts[Freshness.AGEING] + self.counts[Freshness.STALE]


@dataclass(frozen=True, slots=True)
class GrowingStale:
    """The listings of groups by the day of confirmation, the unclaimed by the source's date."""

    own: Stale
    unclaimed: Stale


def stale_listings(
    viewer: Actor, *, today: dt.date | None = None, size: int = FIRST
) -> GrowingStale:
    """What grows stale, for the stewards' page; at most `size` rows of either kind.

    Whoever asks sees the same: all of it is public. Three queries, however many listings.
    """
    del viewer
    day = today or timezone.localdate()
    counts = Listing.objects.aggregate(
        **{
            f"{claim}_{age}": Count("pk", filter=Q(claim=claim) & listings_that_are(age, day))
            for claim in (Claim.OWN, Claim.UNCLAIMED)
            for age in Freshness
        }
    )

    def stale(claim: Claim, column: str) -> Stale:
        rows = _not_fresh(claim, day).order_by(column, "name", "id")[:size]
        return Stale({age: counts[f"{claim}_{age}"] for age in Freshness}, list(rows))

    return GrowingStale(stale(Claim.OWN, "confirmed_on"), stale(Claim.UNCLAIMED, "as_of"))


def _not_fresh(claim: Claim, day: dt.date) -> QuerySet[Listing]:
    ages = listings_that_are(Freshness.AGEING, day) | listings_that_are(Freshness.STALE, day)
    return Listing.objects.filter(ages, claim=claim).select_related("country", "organization")
