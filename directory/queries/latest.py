"""The listings that changed last."""

from __future__ import annotations

from django.db.models import QuerySet

from directory.models import Listing


def latest_listings(found: QuerySet[Listing], number: int) -> QuerySet[Listing]:
    """So many of the listings found, the last changed first, with country and card. One query.

    A listing whose change has not been stamped yet is not among them.
    """
    stamped = found.filter(updated_at__isnull=False).select_related("country", "organization")
    return stamped.order_by("-updated_at", "-pk")[:number]
