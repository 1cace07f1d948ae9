"""The release: reports become entries of the public ledger on their day."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError
from django.utils import timezone

from directory.actions.revisions import change_revision
from directory.actions.stating.signing import sign_now
from directory.models import AccessEvent, AccessReport
from network.actions.audit import record
from network.actions.jobs import finish_job
from network.enums import OrganizationStatus
from network.fields import PartialDate
from network.models import Organization
from network.tenancy import Actor, Purpose, acting, system

logger = logging.getLogger(__name__)

JOB = "access_reports"


def release_reports(actor: Actor) -> int:
    """Make entries of all reports that are due; how many there were.

    Each in a transaction of its own, as the system for the report's organization. Several workers
    at once make one entry of each. What a group wrote that is locked down, or not verified any
    more, waits.

    Raises:
        ValueError: the actor is not the system acting to release.
    """
    if actor.purpose is not Purpose.RELEASE:
        raise ValueError("only the release releases")
    started = timezone.now()
    with acting(actor):
        due = AccessReport.objects.filter(
            publish_at__lte=started, released_at=None, cancelled_at=None
        ).order_by("publish_at", "id")
        found = list(due.values_list("pk", "organization_id"))
    done = sum(_release_one(actor, *ids) for ids in found)
    if done:
        finish_job(JOB, started=started, result={"released": done})
    return done


def release(report: AccessReport) -> bool:
    """Copy a report into the ledger, in the transaction of the caller; False where that was done.

    What a coalition signs stands under the name that it has now; under a verified program where
    the group belongs to it no more.

    The entry has an id of its own and the beginning of the day for its moment: neither leads to
    the report, nor to what else its author did in that minute.
    """
    # Of two workers the second waits for the first, and then finds nothing left to do.
    waiting = AccessReport.objects.filter(pk=report.pk, released_at=None, cancelled_at=None)
    event_id, now = uuid4(), timezone.now()
    sign_now(report)
    signed = {
        name: getattr(report, name) for name in ("attributed_as", "attributed_to", "coalition_id")
    }
    if not waiting.update(released_event_id=event_id, released_at=now, **signed):
        return False
    report.released_event_id, report.released_at = event_id, now
    AccessEvent.objects.create(
        id=event_id,
        created_at=now.replace(hour=0, minute=0, second=0, microsecond=0),
        **columns_of(report),
    )
    change_revision()
    return True


def columns_of(report: AccessReport) -> dict[str, Any]:
    """What the public entry of a report says, by column, but its id and its moment."""
    return {
        **report.values,
        "facility_id": report.facility_id,
        "country_id": report.country_id,
        "attributed_as": report.attributed_as,
        "attributed_to": report.attributed_to,
        "supersedes_id": report.supersedes_id,
    }


def entry_of(report: AccessReport) -> AccessEvent:
    """The public entry that a report will be, unsaved: for a look at it before it is sent."""
    columns = columns_of(report)
    for name in ("effective_from", "effective_to"):
        columns[name] = PartialDate.parse(columns[name]) if columns[name] else None
    entry = AccessEvent(**columns)
    entry.facility, entry.country = report.facility, report.country
    return entry


def _may_speak(organization: Organization) -> bool:
    """Whether what a group wrote becomes public now: not in a lock-down, which freezes it."""
    is_verified = organization.status == OrganizationStatus.VERIFIED
    return is_verified and organization.locked_down_at is None


def _release_one(actor: Actor, report_id: UUID, organization_id: UUID) -> bool:
    acted_for = system(Purpose.RELEASE, via=actor.via, organization_id=organization_id)
    try:
        with acting(acted_for):
            reports = AccessReport.objects.select_related("organization")
            report = reports.filter(pk=report_id).first()
            if report is None or not _may_speak(report.organization):
                return False
            if not release(report):
                return False
            record(
                acted_for,
                "access_report.released",
                object_kind="access_report",
                object_id=report.pk,
            )
            return True
    except DatabaseError as error:
        # The others are not kept back by one that fails; the next round tries it again. What the
        # database says of it may hold the text, so only its kind is logged.
        logger.error("a report could not be released: %s", type(error).__name__)
        return False
