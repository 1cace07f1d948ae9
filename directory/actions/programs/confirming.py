"""Saying that an entry is still right."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.audit import record_program
from directory.actions.publishing import present_listing
from directory.actions.revisions import change_revision
from directory.models import Program
from network.events import ProgramPublished, publish
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def confirm_program(actor: Actor, *, program: Program) -> None:
    """Date the program today, and its public entry if it has one; nothing else of it changes.

    What was edited and not published stays unpublished. It takes who may publish: the date is
    public. Confirming twice on one day changes nothing.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: it was deleted.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    present = Program.objects.select_for_update().get(pk=program.pk)
    if present.deleted_at is not None:
        raise ValidationError(
            _("This program was deleted. Bring it back before you confirm it."), code="deleted"
        )
    today = timezone.localdate()
    listing = present_listing(present)
    if present.confirmed_on == today and (listing is None or listing.confirmed_on == today):
        return
    Program.objects.filter(pk=program.pk).update(confirmed_on=today)
    record_program(actor, "program.confirmed", present)
    if listing is not None:
        listing.confirmed_on = today
        listing.version += 1
        listing.updated_at = None
        listing.save(update_fields=["confirmed_on", "version", "updated_at"])
        change_revision()
        publish(ProgramPublished(present.organization_id, present.pk, listing.slug))
