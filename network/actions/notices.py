"""Letters to the members of an organization and to the stewards, each in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.conf import settings

from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.enums import Role
from network.models import Membership, Organization
from network.queries.stewarding import stewards_outside
from network.tenancy import Actor, Purpose, acting, system


def tell_members(
    actor: Actor,
    *,
    organization_id: UUID,
    compose: Callable[[], Letter],
    roles: Sequence[Role] = tuple(Role),
) -> int:
    """Write to every present member with one of these roles; how many there are.

    Nobody reads a colleague's address: the operator's eyes fetch them, and no caller sees them.
    """
    eyes = system(Purpose.OPERATOR, via=actor.via, organization_id=organization_id)
    with acting(eyes):
        members = Membership.objects.filter(
            ended_at=None, role__in=roles, person__is_active=True
        ).values_list("person__email", "person__language")
        for email, language in members:
            send_letter(eyes, to=email, language=language, compose=compose)
        return len(members)


def tell_stewards(
    actor: Actor, compose: Callable[[], Letter], *, outside: Collection[UUID] = ()
) -> int:
    """Write to every steward in their language; how many there are. No caller sees an address.

    With `outside` only to those who belong to none of these groups.
    """
    with acting(system(Purpose.OPERATOR, via=actor.via)) as eyes:
        stewards = stewards_outside(outside).order_by("pk")
        rows = list(stewards.values_list("email", "language"))
        for email, language in rows:
            send_letter(eyes, to=email, language=language, compose=compose)
    return len(rows)


def settings_address(organization: Organization) -> str:
    """The whole address of the page on which an organization's owners decide, for a letter."""
    return f"{settings.PUBLIC_ORIGIN}/desk/{organization.slug}/settings/"
