"""From time to time: who takes part is brought in line, where a receiver was lost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from messaging.actions.log import require_messenger
from messaging.actions.people import standing_members
from messaging.actions.standing import is_called_otherwise, out_of_line, reconcile_party
from messaging.models import Participant, Party
from network.actions.jobs import finish_job
from network.models import Job, Membership
from network.tenancy import Actor, acting

JOB = "participants"
EVERY = dt.timedelta(hours=1)
BATCH = 200
T = TypeVar("T")


def keep_in_line(actor: Actor) -> int:
    """Look at the next parties, and bring in line those that are not; how many changes.

    At most `BATCH` a round, by id; when all were seen the walk begins anew, once an hour. Three
    queries where nothing has to change. What a receiver told in time is found done. Several
    workers at once do no harm.

    Raises:
        ValueError: the actor is not the system acting as messenger.
    """
    require_messenger(actor)
    started = timezone.now()
    after = _where(Job.objects.filter(name=JOB).first(), started)
    if after is None:
        return 0
    with acting(actor, is_reading=True):
        rows = Party.objects.filter(left_seq=None, organization__isnull=False).order_by("pk")
        page = rows.filter(pk__gt=after) if after else rows
        parties = list(page.select_related("organization", "conversation")[:BATCH])
        wrong = _wrong(parties)
    changes = sum(reconcile_party(actor, party, present) for party, present in wrong)
    last = str(parties[-1].pk) if len(parties) == BATCH else ""
    finish_job(JOB, started=started, result={"after": last, "changes": changes})
    return changes


def _where(job: Job | None, now: dt.datetime) -> UUID | str | None:
    """After which party to go on; an empty text: from the first; nothing: it is not time."""
    if job is None or job.finished_at is None:
        return ""
    if after := job.result.get("after"):
        return UUID(after)
    return "" if now - job.finished_at >= EVERY else None


def _wrong(parties: list[Party]) -> list[tuple[Party, list[Membership]]]:
    """Those whose rows do not say who stands, or what the organization is called. Two queries."""
    organizations = {one.organization_id for one in parties if one.organization_id}
    members = _by((one.organization_id, one) for one in standing_members(*organizations))
    rows = Participant.objects.filter(party__in=parties).order_by("created_at")
    known = _by((one.party_id, one) for one in rows)
    found = []
    for party in parties:
        present = members[party.organization_id] if party.organization_id else []
        gone, missing = out_of_line(party, known[party.pk], present)
        is_renamed = party.organization and is_called_otherwise(party, party.organization)
        if gone or missing or is_renamed:
            found.append((party, present))
    return found


def _by(pairs: Iterable[tuple[Hashable, T]]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found
