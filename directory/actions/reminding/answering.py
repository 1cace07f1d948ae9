"""What the link of a reminder opens, and what its one button does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from directory.actions.programs.confirming import confirm_program
from directory.enums import Claim
from directory.models import Listing, Program, Reminder
from network.actions.bounces import clear_bounce
from network.actions.reminders import choose_reminders
from network.links import hash_of
from network.models import Organization
from network.permissions import Permission, can
from network.tenancy import Actor, Purpose, acting, member, system


@dataclass(frozen=True, slots=True)
class Asked:
    """What a living link asks about: public entries, and when the answer was given, if it was.

    Nothing of the person it was sent to.
    """

    organization: Organization
    listings: list[Listing]
    used_on: dt.date | None
    ends_on: dt.date


def open_reminder(actor: Actor, *, token: str) -> Asked | None:
    """What the link asks; nothing where it is unknown, over, or may do nothing any more.

    Its person must have a role now that publishes programs, in a group that is open; programs
    that are not public any more are left out. Looking changes nothing.
    """
    found = _rows_of(actor, token)
    living = [row for row in found if row.expires_at > timezone.now()]
    if not living:
        return None
    own = _person_of(actor, living[0])
    with acting(own, is_reading=True):
        if not can(own, Permission.PROGRAM_PUBLISH):
            return None
        listings = list(_listings([row.program_id for row in living]))
        organization = Organization.objects.get(pk=own.acted_for)
    if not listings:
        return None
    used = living[0].used_at
    used_on = None if used is None else timezone.localdate(used)
    return Asked(organization, listings, used_on, timezone.localdate(living[0].expires_at))


def confirm_by_reminder(actor: Actor, *, token: str) -> bool:
    """Date what the link asks about today, as its person; whether the link may do that.

    Using it again changes nothing. What waits to be public waits on: only the day is written. The
    mail has arrived, so that mails to the person came back is forgotten.
    """
    asked = open_reminder(actor, token=token)
    if asked is None:
        return False
    own = _person_of(actor, _rows_of(actor, token)[0])
    with acting(system(Purpose.SIGN_IN, via=actor.via)):
        unused = Reminder.objects.filter(token_hash=hash_of(token), used_at=None)
        if not unused.update(used_at=timezone.now()):
            return True
        with acting(own):
            _confirm(own, [listing.pk for listing in asked.listings])
            clear_bounce(own)
    return True


def stop_reminders(actor: Actor, *, token: str) -> bool:
    """Send its person no more reminders of this group; whether the link is one of a member's.

    It works for as long as the row is kept, 30 days longer than the other.
    """
    rows = _rows_of(actor, token)
    if not rows or not _belongs(rows[0]):
        return False
    own = _person_of(actor, rows[0])
    with acting(own):
        choose_reminders(own, wanted=False)
    return True


def is_of_member(actor: Actor, *, token: str) -> bool:
    """Whether the link to switch reminders off would work."""
    rows = _rows_of(actor, token)
    return bool(rows) and _belongs(rows[0])


def _belongs(row: Reminder) -> bool:
    person = row.membership.person
    return row.membership.ended_at is None and person.is_active


def _rows_of(actor: Actor, token: str) -> list[Reminder]:
    with acting(system(Purpose.SIGN_IN, via=actor.via), is_reading=True):
        rows = Reminder.objects.select_related("membership", "membership__person")
        return list(rows.filter(token_hash=hash_of(token)).order_by("id"))


def _person_of(actor: Actor, row: Reminder) -> Actor:
    return member(row.membership.person_id, row.organization_id, via=actor.via)


def _listings(programs: list[UUID]) -> QuerySet[Listing]:
    """The public entries of these programs, of those in scope that were not deleted."""
    present = Program.objects.filter(pk__in=programs, deleted_at=None)
    rows = Listing.objects.filter(pk__in=present.values("pk"), claim=Claim.OWN)
    return rows.select_related("country").order_by("name", "slug")


def _confirm(actor: Actor, programs: list[UUID]) -> None:
    for program in Program.objects.filter(pk__in=programs).order_by("id"):
        try:
            confirm_program(actor, program=program)
        except ValidationError:
            # Deleted since it was looked at: there is nothing to date.
            continue
