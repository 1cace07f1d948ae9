"""Who belongs where, and as what."""

from __future__ import annotations

from network.enums import OrganizationStatus, Role
from network.models import Membership
from network.tenancy import Actor


def role_of(actor: Actor) -> Role | None:
    """The actor's present role in the organization acted for; nothing for anybody else.

    One query, asked anew each time: a role that was taken away is gone at the next question. An
    inactive person has none, nor has anyone in an organization that is suspended or has left.
    """
    if actor.person_id is None or actor.organization_id is None:
        return None
    role = (
        Membership.objects.beyond_scope()
        .filter(
            person_id=actor.person_id,
            organization_id=actor.organization_id,
            ended_at=None,
            person__is_active=True,
            organization__status__in=(OrganizationStatus.APPLIED, OrganizationStatus.VERIFIED),
        )
        .values_list("role", flat=True)
        .first()
    )
    return None if role is None else Role(role)
