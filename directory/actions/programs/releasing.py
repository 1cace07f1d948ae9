"""Making public what waited: by a colleague's word, or when its time has come."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.indexing import forget_words, index_listings, places_of, take_words
from directory.actions.programs.audit import record_program
from directory.actions.revisions import change_revision
from directory.enums import Claim
from directory.models import Country, HeldChange, Listing, Program
from directory.queries.holding import still_wanted
from directory.queries.publication import wanted_columns
from network.enums import OrganizationStatus
from network.events import ProgramPublished, publish
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system

logger = logging.getLogger(__name__)


@transaction.atomic
def confirm_held_change(actor: Actor, *, held: HeldChange) -> None:
    """Make public at once what waits. Confirming it twice changes nothing.

    What the working copy does not say any more stays out, see `still_wanted`.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: the actor asked for the change, or it was cancelled or replaced.
    """
    require(actor, Permission.PROGRAM_PUBLISH, held)
    program = Program.objects.select_for_update().get(pk=held.program_id)
    held = HeldChange.objects.select_for_update().get(pk=held.pk)
    if held.confirmed_at or held.released_at:
        return
    if held.cancelled_at:
        raise ValidationError(
            _("This change waits no more. Look at what does now."), code="cancelled"
        )
    if str(actor.person_id) in held.askers:
        raise ValidationError(
            _("You asked for this change yourself. Another coordinator or owner can confirm it."),
            code="own_change",
        )
    held.confirmed_at, held.confirmed_by = timezone.now(), actor.person_id
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    record_program(actor, "program.held_change_confirmed", program)
    _make_public(program, held)


def release_held_changes(actor: Actor) -> int:
    """Make public all that has waited long enough; how many changes.

    Each in a transaction of its own, as the group whose it is: one that fails is logged and tried
    again at the next round. What a group changed that is suspended or locked down waits.

    Raises:
        ValueError: the actor is not the system acting to release.
    """
    if actor.purpose is not Purpose.RELEASE:
        raise ValueError("only the release releases")
    with acting(actor):
        due = HeldChange.objects.filter(
            held_until__lte=timezone.now(), confirmed_at=None, released_at=None, cancelled_at=None
        )
        found = list(due.order_by("held_until").values_list("pk", "organization_id"))
    released = 0
    for pk, organization in found:
        bound = system(Purpose.RELEASE, via=actor.via, organization_id=organization)
        try:
            with acting(bound):
                released += _release(bound, pk)
        except Exception:
            logger.exception("held change %s was not released", pk)
    return released


def _release(actor: Actor, pk: Any) -> int:
    found = Program.objects.select_for_update(of=("self",)).select_related("organization")
    program = found.filter(held_changes=pk).first()
    # Read after the program was locked: a colleague may have been faster.
    held = HeldChange.objects.select_for_update().get(pk=pk)
    if program is None or not _may_speak(program.organization) or not held.is_open:
        return 0
    held.released_at = timezone.now()
    held.save(update_fields=["released_at"])
    record_program(actor, "program.held_change_released", program)
    _make_public(program, held)
    return 1


def _may_speak(organization: Organization) -> bool:
    """Whether what a group changed becomes public by itself now.

    Not while it is suspended; nor in a lock-down, where nobody can call it off.
    """
    is_verified = organization.status == OrganizationStatus.VERIFIED
    return is_verified and organization.locked_down_at is None


def _make_public(program: Program, held: HeldChange) -> None:
    """Give the listing what waited, as far as the working copy still says it."""
    columns = still_wanted(held.values, wanted_columns(program))
    listed = Listing.objects.filter(pk=program.pk, claim=Claim.OWN)
    listing = listed.select_for_update(of=("self",)).select_related("country").first()
    if listing is None or not columns:
        return
    contact = columns.pop("contact", {})
    if code := columns.pop("country", ""):
        columns["country"] = Country.objects.get(iso2=code)
    words = take_words(listed)
    for name, value in columns.items():
        setattr(listing, name, value)
    listing.contact = {**listing.contact, **contact}
    listing.version += 1
    listing.updated_at = None
    listing.save()
    index_listings([listing], places_of([listing]))
    forget_words(words)
    change_revision()
    publish(ProgramPublished(program.organization_id, program.pk, listing.slug))
