"""Telling people by mail that something waits for them: how much, and never what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from messaging.actions.log import hand
from messaging.models import MailChoice, Participant
from messaging.queries.waiting import (
    Addressee,
    Waiting,
    addressees,
    people_to_look_at,
    waiting_for,
)
from network.actions.jobs import finish_job, job_in_turn
from network.actions.letters import Letter
from network.actions.mail import leave_mails, written_mail
from network.models import Job
from network.tenancy import Actor, Purpose, acting

JOB = "message_mails"
EVERY = dt.timedelta(seconds=30)
# So many people in one transaction; each of its queries is asked once for all of them.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Summons:
    """What one mail tells: what waits for whom."""

    person_id: UUID
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the headers of its mail."""

    letter: Callable[[], Letter]
    headers: dict[str, str]


def tell_people(
    actor: Actor, *, compose: Callable[[Summons], Written], now: dt.datetime | None = None
) -> int:
    """Write a mail to everybody for whom it is time, see `messaging.rhythm`; how many.

    Each batch of people is one transaction, in which the mails and how far they told are written:
    a process that dies in between has done both or neither. Workers take turns. What was read, or
    may not be read any more, is in no mail. `now` is the time that is asked about.

    Raises:
        ValueError: the actor is not the system acting for digests.
    """
    if actor.purpose is not Purpose.DIGEST:
        raise ValueError("only the purpose of digests tells people")
    moment = now or timezone.now()
    started = timezone.now()
    # Looked at without a lock first: most rounds of the worker end here.
    if now is None and not _is_time(Job.objects.filter(name=JOB).first(), started):
        return 0
    sent, after = 0, None
    while True:
        with acting(actor, is_reading=True):
            people = people_to_look_at(after, BATCH)
            is_any = bool(_due(people, moment))
        if is_any:
            with acting(actor):
                job_in_turn(JOB)
                sent += _tell(actor, people, moment, compose)
        if len(people) < BATCH:
            break
        after = people[-1]
    finish_job(JOB, started=started, result={"sent": sent})
    return sent


def _is_time(job: Job | None, now: dt.datetime) -> bool:
    last = job.finished_at if job else None
    return last is None or now - last >= EVERY


def _due(people: Collection[UUID], now: dt.datetime) -> list[tuple[Addressee, Waiting]]:
    """Who of these gets a mail now, with what waits for them. Three queries."""
    if not people:
        return []
    waiting = waiting_for(people)
    return [
        (one, waits)
        for one in addressees(people)
        if (waits := waiting.get(one.person_id)) is not None
        and one.rhythm.is_time(now, new_since=waits.new_since, urgent_since=waits.urgent_since)
    ]


def _tell(
    actor: Actor,
    people: Collection[UUID],
    now: dt.datetime,
    compose: Callable[[Summons], Written],
) -> int:
    """Write the mails of one batch, asked anew: another worker may have been faster."""
    due = _due(people, now)
    mails = []
    for one, waits in due:
        written = compose(Summons(one.person_id, waits))
        mails.append(
            written_mail(
                to=one.email,
                language=one.language,
                compose=written.letter,
                headers=written.headers,
            )
        )
    leave_mails(actor, mails)
    _write_down(actor, {one.person_id: waits for one, waits in due}, now)
    return len(mails)


def _write_down(actor: Actor, told: Mapping[UUID, Waiting], now: dt.datetime) -> None:
    """These people were told of what was counted; what was said since is not told by that."""
    MailChoice.objects.bulk_create(
        [MailChoice(person_id=one, told_at=now) for one in told],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["told_at"],
    )
    with acting(hand(actor)):
        rows = [
            Participant(pk=pk, told_seq=seq)
            for waits in told.values()
            for pk, seq in waits.heads.items()
        ]
        Participant.objects.bulk_update(rows, ["told_seq"])
