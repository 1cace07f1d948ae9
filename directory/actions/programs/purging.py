"""What of programs has passed its time is deleted for good."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from directory.actions.programs.deleting import UNDO
from directory.models import Program, ProgramDraft
from network.tenancy import Actor, Purpose, acting, system

DRAFTS = dt.timedelta(days=90)


def purge_programs(actor: Actor) -> dict[str, int]:
    """How many programs and drafts were deleted for good.

    Programs that were deleted more than 7 days ago, with their history, and drafts that nobody
    touched for 90 days. Addresses under which a program was public stay taken. Safe to run at
    any time.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    now = timezone.now()
    with acting(actor):
        drafts = ProgramDraft.objects.filter(updated_at__lt=now - DRAFTS)
        drafts_gone = drafts.delete()[0]
        due = Program.objects.filter(deleted_at__lt=now - UNDO)
        found = list(due.values_list("pk", "organization_id"))
    programs_gone = 0
    for pk, organization in found:
        # As the group whose it was: the purge itself only finds it.
        with acting(system(Purpose.PURGE, via=actor.via, organization_id=organization)):
            rows = Program.objects.select_for_update().filter(pk=pk, deleted_at__lt=now - UNDO)
            programs_gone += rows.delete()[1].get("directory.Program", 0)
    return {"programs": programs_gone, "program_drafts": drafts_gone}


def purge_programs_of(organization_id: UUID) -> None:
    """Delete every program of an organization that is being purged, with its history."""
    # The history is append-only: only the purge deletes it, as the group whose it was.
    with acting(system(Purpose.PURGE, organization_id=organization_id)):
        Program.objects.all().delete()
