"""Taking listings away so that those who keep a copy learn of it."""

from __future__ import annotations

from django.db.models import QuerySet

from directory.models import Listing, Removal


def remove_listings(listings: QuerySet[Listing]) -> int:
    """Delete listings and leave a tombstone for each; how many there were.

    In the transaction of an action, which calls `change_revision` after it.
    """
    rows = list(listings.order_by().values_list("pk", "version"))
    Removal.objects.bulk_create(Removal(id=pk, version=version) for pk, version in rows)
    listings.delete()
    return len(rows)


def come_back(listing: Listing) -> None:
    """Let a listing that was removed go on counting where it ended, and drop its tombstone."""
    before = Removal.objects.filter(pk=listing.pk).first()
    if before:
        listing.version = before.version + 1
        before.delete()
