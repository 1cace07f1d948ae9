"""Ending exports: the row and the file of each."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from network.models import Export
from network.permissions import Permission, Refused, require
from network.tenancy import Actor, Purpose
from network.uploads.storage import EXPORTS


@transaction.atomic
def end_exports(actor: Actor) -> int:
    """End all exports of the organization acted for; how many there were.

    Raises:
        Refused: the actor may not export.
    """
    require(actor, Permission.ORGANIZATION_EXPORT)
    return _end(Export.objects.filter(organization_id=actor.acted_for))


@transaction.atomic
def end_exports_for_good(
    actor: Actor, *, person_id: UUID | None = None, organization_id: UUID | None = None
) -> int:
    """End the exports that a person made, or those of an organization; how many there were.

    Raises:
        Refused: the actor is not the system that signs people in and out.
        ValueError: neither or both are named.
    """
    if actor.purpose is not Purpose.SIGN_IN:
        raise Refused(Permission.ORGANIZATION_EXPORT)
    if person_id is not None and organization_id is None:
        return _end(Export.objects.filter(person_id=person_id))
    if organization_id is not None and person_id is None:
        return _end(Export.objects.filter(organization_id=organization_id))
    raise ValueError("name a person or an organization")


def _end(exports: QuerySet[Export]) -> int:
    names = list(exports.values_list("name", flat=True))
    exports.filter(name__in=names).delete()
    # Only when it is certain; what a crash leaves here is found by the purge.
    transaction.on_commit(partial(EXPORTS.remove, names))
    return len(names)
