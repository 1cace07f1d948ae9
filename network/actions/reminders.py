"""Whether a member wants reminders."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from network.models import Membership
from network.tenancy import Actor


@transaction.atomic
def choose_reminders(actor: Actor, *, wanted: bool) -> None:
    """Switch reminders of the organization acted for on or off, for the actor alone.

    Choosing what is chosen already changes nothing.
    """
    own = Membership.objects.filter(person_id=actor.someone, ended_at=None)
    if wanted:
        own.update(reminders_off_on=None)
    else:
        own.filter(reminders_off_on=None).update(reminders_off_on=timezone.localdate())
