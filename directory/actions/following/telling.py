"""Telling followers what changed: compared with what each was told, once a day at most."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from directory.actions.following.subjects import subject_of, with_subjects
from directory.models import Country, Facility, Follow
from directory.queries.revisions import directory_revision
from directory.queries.visiting_state import (
    Change,
    Subject,
    changes_between,
    digest_of,
    state_of,
    states_of,
)
from network.actions.jobs import finish_job
from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.models import Job
from network.nudge import nudge
from network.tenancy import Actor, Purpose, acting

logger = logging.getLogger(__name__)

JOB = "follows"
REST = dt.timedelta(days=1)
# What comes one after another, such as several files of an import, stands in one mail.
GATHER = dt.timedelta(minutes=1)
# The worker has other work, too; where more is due, the next round begins at once.
MOST_AT_ONCE = 200
MARKED_AT_ONCE = 500
CHUNK = 2000
# The place and the country that are followed: one of both.
_Pair = tuple[UUID | None, UUID | None]


@dataclass(frozen=True, slots=True)
class News:
    """What one mail tells: what changed at what the row follows."""

    follow: Follow
    subject: Subject
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the headers of its mail."""

    letter: Callable[[], Letter]
    headers: dict[str, str]


def tell_followers(actor: Actor, *, compose: Callable[[News], Written]) -> int:
    """Write a mail to everybody whose subject changed since they were told; how many.

    What was told is written down in the transaction of the mail: a process that dies in between
    has done both or neither. A mail waits a minute for what else changes. Whoever got one within
    the last day is told later, of everything since. Several workers share the work.

    Raises:
        ValueError: the actor is not the system acting to follow.
    """
    if actor.purpose is not Purpose.FOLLOW:
        raise ValueError("only the follower's purpose tells followers")
    _look(actor)
    with acting(actor, is_reading=True):
        due = Follow.objects.filter(_is_due()).order_by("behind_since", "id")
        found = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if len(found) == MOST_AT_ONCE:
        nudge()
    return sum(_tell_one(actor, pk, compose) for pk in found)


def _is_due() -> Q:
    now = timezone.now()
    rested = Q(told_at=None) | Q(told_at__lte=now - REST)
    return rested & Q(behind_since__lte=now - GATHER)


def _look(actor: Actor) -> None:
    """Mark who is behind, where anything public has changed since this was last looked at.

    The mark is read before the rows: a change that comes between has another mark, and is looked
    at in the next round.
    """
    started, mark = timezone.now(), directory_revision()
    last = Job.objects.filter(name=JOB).values_list("result", flat=True).first()
    if last is not None and last.get("mark") == mark:
        return
    with acting(actor, is_reading=True):
        rows = Follow.objects.filter(confirmed_at__isnull=False).order_by()
        pairs: list[_Pair] = list(rows.values_list("facility", "country").distinct())
        behind = _behind(pairs)
    for first in range(0, len(behind), MARKED_AT_ONCE):
        with acting(actor):
            some = Follow.objects.filter(pk__in=behind[first : first + MARKED_AT_ONCE])
            some.filter(behind_since=None).update(behind_since=timezone.now())
    finish_job(JOB, started=started, result={"mark": mark, "subjects": len(pairs)})


def _behind(pairs: Sequence[_Pair]) -> list[UUID]:
    """Who knows another state of these places and countries than the present one. Six queries.

    Whoever is told in between is marked in vain, and gets no mail: what changed is asked again.
    """
    digests = _digests(pairs)
    rows = Follow.objects.filter(confirmed_at__isnull=False, behind_since=None).order_by()
    known = rows.values_list("pk", "facility", "country", "told_digest")
    return [
        pk
        for pk, facility, country, told in known.iterator(chunk_size=CHUNK)
        if digests.get((facility, country), told) != told
    ]


def _digests(pairs: Sequence[_Pair]) -> dict[_Pair, str]:
    places = Facility.objects.select_related("country", "merged_into__country")
    facilities = {one.pk: one for one in places.filter(pk__in=[pk for pk, _ in pairs if pk])}
    lands = Country.objects.filter(pk__in=[pk for _, pk in pairs if pk])
    countries = {one.pk: one for one in lands}
    # One that was deleted meanwhile took its follows along.
    there = [pair for pair in pairs if pair[0] in facilities or pair[1] in countries]
    subjects = [
        Subject(
            facility=facilities.get(facility) if facility else None,
            country=countries.get(country) if country else None,
        )
        for facility, country in there
    ]
    states = states_of(subjects)
    return {pair: digest_of(state) for pair, state in zip(there, states, strict=True)}


def _tell_one(actor: Actor, pk: UUID, compose: Callable[[News], Written]) -> bool:
    try:
        with acting(actor):
            follow = _locked(pk)
            return follow is not None and _told(actor, follow, compose)
    except DatabaseError as error:
        # The others are not kept back by one that fails; the next round tries it again.
        logger.error("a follower could not be told: %s", type(error).__name__)
        return False


def _locked(pk: UUID) -> Follow | None:
    """The row, where nobody else is telling it right now, or has done so meanwhile."""
    rows = Follow.objects.filter(_is_due(), pk=pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    if rows.first() is None:
        return None
    return with_subjects().get(pk=pk)


def _told(actor: Actor, follow: Follow, compose: Callable[[News], Written]) -> bool:
    """Write the mail and what it told; no mail where the state went back to what was told."""
    subject = subject_of(follow)
    now = state_of(subject)
    changes = changes_between(follow.told, now)
    if changes:
        written = compose(News(follow, subject, tuple(changes)))
        send_letter(
            actor,
            to=follow.email,
            language=follow.language,
            compose=written.letter,
            headers=written.headers,
        )
        follow.told_at = timezone.now()
    follow.told, follow.told_digest, follow.behind_since = now, digest_of(now), None
    follow.save(update_fields=["told", "told_digest", "told_at", "behind_since"])
    return bool(changes)
