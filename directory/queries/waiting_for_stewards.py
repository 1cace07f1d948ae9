"""All that waits for the stewards of this node, in one list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from directory.enums import ObjectionState
from directory.models import Objection, Report
from directory.queries.deciding import applications_waiting, conflicts_of
from network.queries.stewarding import own_groups
from network.tenancy import Actor

MOST = 100


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits: `sort` is application, objection or report; `kind` its own word.

    `is_half` says that a first steward has approved it, `is_conflict` that the reader may not
    decide on it.
    """

    sort: str
    pk: UUID
    kind: str
    name: str
    since: dt.datetime
    is_half: bool = False
    is_conflict: bool = False

    @property
    def days(self) -> int:
        """For how many whole days it has waited."""
        return max((timezone.now() - self.since).days, 0)


def waiting_for_stewards(viewer: Actor) -> list[Waits]:
    """Applications, objections and reports, the oldest first; a hundred of each at most.

    Six queries.
    """
    applications = list(applications_waiting(viewer)[:MOST])
    conflicts = conflicts_of(viewer, applications)
    own = own_groups(viewer)
    found = [
        Waits(
            "application",
            one.pk,
            str(one.get_kind_display()),
            one.organization.name,
            one.submitted_at or one.created_at,
            is_half=one.decided_by is not None,
            is_conflict=one.pk in conflicts,
        )
        for one in applications
    ]
    objections = Objection.objects.filter(state=ObjectionState.OPEN).select_related("organization")
    found += [
        Waits(
            "objection",
            one.pk,
            "",
            one.organization.name,
            one.created_at,
            is_conflict=one.organization_id in own,
        )
        for one in objections[:MOST]
    ]
    found += [
        Waits("report", one.pk, str(one.get_kind_display()), one.slug, one.created_at)
        for one in Report.objects.filter(decision="")[:MOST]
    ]
    return sorted(found, key=lambda one: one.since)
