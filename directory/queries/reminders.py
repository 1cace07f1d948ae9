"""Which programs their group should be asked about, and which grow old."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from directory.enums import Claim
from directory.models import Listing, Program
from directory.queries.freshness import FRESH_DAYS
from directory.queries.program_values import with_values
from directory.queries.programs import DeskProgram, desk_program, marked_programs, own_programs
from network.tenancy import Actor

# Before an entry turns ageing, a month after, before it turns stale, then four times a year.
FIRST_DAYS = (80, 120, 170)
THEN_EVERY = 90


def step_at(age: int) -> int:
    """How many times a group should have been asked by now about what is so many days old."""
    if age < FIRST_DAYS[-1]:
        return sum(age >= days for days in FIRST_DAYS)
    return len(FIRST_DAYS) + (age - FIRST_DAYS[-1]) // THEN_EVERY


def is_due(confirmed_on: dt.date, reminded_on: dt.date | None, today: dt.date) -> bool:
    """Whether a group should be asked today. What was missed is asked once, not made up for."""
    asked = step_at((reminded_on - confirmed_on).days) if reminded_on is not None else 0
    return step_at((today - confirmed_on).days) > asked


def old_enough(today: dt.date) -> QuerySet[Listing]:
    """The public entries of groups of which one may be due: all that are due are among them."""
    last = today - dt.timedelta(days=FIRST_DAYS[0])
    return Listing.objects.filter(
        claim=Claim.OWN, confirmed_on__lte=last, organization__isnull=False
    )


def due_programs(today: dt.date, *, is_locked: bool = False) -> list[Program]:
    """The published programs in scope about which their group should be asked today, by name.

    With their texts. With `is_locked` their rows stay locked until the transaction ends. Up to
    two queries.
    """
    last = today - dt.timedelta(days=FIRST_DAYS[0])
    rows = Program.objects.filter(Exists(_public()), deleted_at=None, confirmed_on__lte=last)
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    return [
        one
        for one in rows.prefetch_related("texts").order_by("confirmed_on", "slug")
        if one.confirmed_on is not None and is_due(one.confirmed_on, one.reminded_on, today)
    ]


def programs_growing_old(actor: Actor, most: int = 20) -> list[DeskProgram]:
    """The public programs of the organization acted for that are ageing or stale, oldest first.

    At most so many. Up to three queries.
    """
    last = timezone.localdate() - dt.timedelta(days=FRESH_DAYS)
    rows = own_programs(actor).filter(Exists(_public()), confirmed_on__lt=last)
    found = with_values(marked_programs(rows, actor)).order_by("confirmed_on", "slug")[:most]
    return [desk_program(one) for one in found]


def has_public_program(actor: Actor) -> bool:
    """Whether the organization acted for has a public entry that could grow old. One query."""
    return own_programs(actor).filter(Exists(_public())).exists()


def _public() -> QuerySet[Listing]:
    return Listing.objects.filter(pk=OuterRef("pk"), claim=Claim.OWN)
