"""What a group stated goes with it when it leaves."""

from __future__ import annotations

from django.utils import timezone

from directory.actions.stating.places import show_place
from directory.models import Facility, FacilityClaim, VisitingRule


def withdraw_statements(author: str) -> int:
    """Take the claims and visiting rules of an author out of public sight; how many there were.

    Called by an action that takes an organization away, which calls `change_revision` after it.
    Entries of the ledger stay: it is never changed. What waits of a group that left is never
    released.
    """
    rules, _tables = VisitingRule.objects.filter(author=author).delete()
    claims = list(FacilityClaim.objects.filter(author=author, withdrawn_at=None))
    for claim in claims:
        place = Facility.objects.select_for_update().get(pk=claim.facility_id)
        FacilityClaim.objects.filter(pk=claim.pk).update(withdrawn_at=timezone.now())
        show_place(place, set(claim.values))
    return rules + len(claims)
