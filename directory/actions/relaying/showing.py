"""What the public reads of a relay: whether an entry can be written to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from directory.actions.programs.holding import hold_changes
from directory.actions.revisions import change_revision
from directory.enums import Claim
from directory.models import Listing, Program
from directory.queries.holding import RELAY, open_change
from directory.queries.relays import relays_to_show
from network.tenancy import Actor, Purpose


def hide_relay(actor: Actor, *, program: Program) -> None:
    """Take the form off the public entry at once, and let it wait no more."""
    _hold(actor, program, is_wanted=False)
    _show(Listing.objects.filter(pk=program.pk), is_shown=False)


def hold_relay(actor: Actor, *, program: Program) -> bool:
    """Let the form wait as any new contact does; nothing where no public entry is there.

    Whether it waits. An entry that is published later has it from the first.
    """
    if not Listing.objects.filter(pk=program.pk, claim=Claim.OWN).exists():
        return False
    _hold(actor, program, is_wanted=True)
    return True


@transaction.atomic
def hide_relays(actor: Actor, *, organization_id: UUID) -> None:
    """Take the forms off all entries of an organization: nobody there would read the notes.

    Raises:
        ValueError: the actor is not the operator.
    """
    _only_operator(actor)
    _show(Listing.objects.filter(organization_id=organization_id), is_shown=False)


@transaction.atomic
def show_relays(actor: Actor, *, organization_id: UUID) -> None:
    """Bring the forms back that are confirmed and wait for nobody.

    Raises:
        ValueError: the actor is not the operator.
    """
    _only_operator(actor)
    programs = relays_to_show(organization_id).values_list("program_id", flat=True)
    _show(Listing.objects.filter(pk__in=list(programs)), is_shown=True)


def _hold(actor: Actor, program: Program, *, is_wanted: bool) -> None:
    """Add the form to what waits for a program, or take it out of that."""
    present = open_change(program)
    waiting = {k: v for k, v in present.values.items() if k != RELAY} if present else {}
    if is_wanted:
        waiting[RELAY] = True
    hold_changes(actor, program=program, waiting=waiting)


def _show(listings: QuerySet[Listing], *, is_shown: bool) -> None:
    listed = listings.filter(claim=Claim.OWN).exclude(has_relay=is_shown)
    if listed.update(has_relay=is_shown, version=F("version") + 1, updated_at=None):
        change_revision()


def _only_operator(actor: Actor) -> None:
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator shows and hides the forms of others")
