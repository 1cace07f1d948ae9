"""Changes that wait: asked for by publishing, confirmed by a colleague, or cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.audit import record_program
from directory.actions.programs.forgetting import forget_relay
from directory.actions.programs.telling import tell_of_held_change
from directory.models import HeldChange, Program, Relay
from directory.queries.holding import HELD, RELAY, open_change, still_wanted
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose

HOLD = dt.timedelta(hours=24)


def hold_changes(actor: Actor, *, program: Program, waiting: dict[str, Any]) -> None:
    """Let these columns of a listing wait, in the transaction that publishes the others.

    What waits already goes on waiting as it did, or less of it. Where anything is new the time
    begins anew for all of it, and nobody who asked for any of it may confirm.
    """
    present = open_change(program)
    if present is not None and waiting and still_wanted(waiting, _whole(present)) == waiting:
        if present.values != waiting:
            present.values = waiting
            present.save(update_fields=["values"])
        return
    before = drop_held_change(actor, program=program)
    if not waiting:
        return
    relay = Relay.objects.filter(program=program).first() if RELAY in waiting else None
    asked_by = actor.person_id or (relay.asked_by if relay else None)
    askers = {str(one) for one in (asked_by, relay.asked_by if relay else None) if one}
    if before is not None and _shares(before, waiting):
        askers.update(before.askers)
    held = HeldChange.objects.create(
        organization_id=program.organization_id,
        program=program,
        values=waiting,
        held_until=timezone.now() + HOLD,
        asked_by=asked_by,
        askers=sorted(askers),
    )
    record_program(actor, "program.change_held", program, fields=sorted(waiting))
    tell_of_held_change(actor, held)


def drop_held_change(actor: Actor, *, program: Program) -> HeldChange | None:
    """Cancel what waits for a program, where anything does; what it was."""
    held = open_change(program)
    if held is not None:
        held.cancelled_at = timezone.now()
        held.save(update_fields=["cancelled_at"])
        record_program(actor, "program.held_change_cancelled", program)
    return held


@transaction.atomic
def cancel_held_change(actor: Actor, *, held: HeldChange) -> None:
    """Let a change that waits never be public. The working copy stays as it is.

    But the address of a form for notes is forgotten: it was right only with the form. Cancelling
    it twice changes nothing.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: it is public by now.
    """
    require(actor, Permission.PROGRAM_PUBLISH, held)
    held = HeldChange.objects.select_for_update().get(pk=held.pk)
    if held.confirmed_at or held.released_at:
        raise ValidationError(
            _("This is public already. Change it and publish again."), code="released"
        )
    if held.is_open:
        drop_held_change(actor, program=held.program)
        if RELAY in held.values:
            forget_relay(actor, program=held.program)


@transaction.atomic
def hold_anew(actor: Actor, *, organization_id: UUID) -> int:
    """Let all that waits in an organization wait from now on; how many changes.

    After a lock-down: whoever brought it back must have the time to call them off.

    Raises:
        ValueError: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator lets others' changes wait")
    waiting = HeldChange.objects.filter(
        organization_id=organization_id, confirmed_at=None, released_at=None, cancelled_at=None
    )
    return waiting.update(held_until=timezone.now() + HOLD)


def _whole(held: HeldChange) -> dict[str, Any]:
    """What waits, with nothing where nothing does."""
    return {**dict.fromkeys(HELD), "contact": {}, **held.values}


def _shares(before: HeldChange, waiting: dict[str, Any]) -> bool:
    """Whether anything that waits now was asked for before."""
    return bool(still_wanted(before.values, {**dict.fromkeys(HELD), "contact": {}, **waiting}))
