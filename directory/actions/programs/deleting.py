"""Deleting programs, with seven days in which to take it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.audit import record_program
from directory.actions.programs.editing import StaleVersion
from directory.actions.programs.writing import current_values
from directory.actions.publishing import unpublish_program
from directory.models import Program
from network.erasures import Erased, erase, take_back
from network.permissions import Permission, require
from network.tenancy import Actor

UNDO = dt.timedelta(days=7)


@transaction.atomic
def delete_program(actor: Actor, *, program: Program, base_version: int | None = None) -> None:
    """Take the program off the public pages at once, and off the desk.

    For seven days it can be brought back, then the purge deletes it with its history. Doing it
    twice changes nothing.

    Raises:
        Refused: the actor may not delete this program.
        StaleVersion: somebody saved it since `base_version`, where one is given.
    """
    require(actor, Permission.PROGRAM_DELETE, program)
    present = Program.objects.select_for_update().get(pk=program.pk)
    if base_version not in (None, present.version):
        raise StaleVersion(present.version, {}, current_values(present))
    unpublish_program(actor, program=program)
    if Program.objects.filter(pk=program.pk, deleted_at=None).update(deleted_at=timezone.now()):
        record_program(actor, "program.deleted", program)
        erase(Erased.PROGRAM, program.pk)


@transaction.atomic
def restore_program(actor: Actor, *, program: Program) -> None:
    """Bring a deleted program back to the desk, unpublished; doing it twice changes nothing.

    Raises:
        Refused: the actor may not delete this program, and so not bring it back.
        ValidationError: the seven days are over.
    """
    require(actor, Permission.PROGRAM_DELETE, program)
    present = Program.objects.select_for_update().get(pk=program.pk)
    if present.deleted_at is None:
        return
    if present.deleted_at < timezone.now() - UNDO:
        raise ValidationError(
            _("The seven days in which this could be undone are over."), code="late"
        )
    Program.objects.filter(pk=program.pk).update(deleted_at=None)
    record_program(actor, "program.restored", program)
    take_back(Erased.PROGRAM, program.pk)
