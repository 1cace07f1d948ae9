"""Which organizations speak with each other, and which do not want to."""

from __future__ import annotations

from django.db.models import QuerySet

from messaging.models import Block, ContactPolicy
from network.tenancy import Actor


def blocks_of(actor: Actor) -> QuerySet[Block]:
    """The blocks of the organization acted for, newest first. One query."""
    return Block.objects.filter(organization_id=actor.acted_for)


def takes_requests(actor: Actor) -> bool:
    """Whether the organization acted for takes first contacts. One query."""
    rows = ContactPolicy.objects.filter(organization_id=actor.acted_for)
    return not rows.filter(takes_requests=False).exists()
