"""What people may know of their own account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from network.models import Session
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in: its name and its days; `is_this` is the one that asks."""

    id: UUID
    name: str
    since: dt.date
    seen_on: dt.date
    is_this: bool


def sessions_of(actor: Actor, digest: str) -> list[Device]:
    """The actor's own devices, last seen first. `digest` is the key hash of the asking one."""
    rows = Session.objects.filter(
        person_id=actor.someone, is_waiting=False, expires_at__gt=timezone.now()
    ).order_by("-seen_on", "-created_at", "id")
    return [
        Device(
            id=row.pk,
            name=row.name,
            since=timezone.localdate(row.created_at),
            seen_on=row.seen_on,
            is_this=row.key_hash == digest,
        )
        for row in rows
    ]
