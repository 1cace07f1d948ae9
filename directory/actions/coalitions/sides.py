"""The two sides of a coalition membership: both rows under lock, both logs, the other's mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.actions.letters import Letter
from network.actions.notices import tell_members
from network.enums import OrganizationStatus, Role
from network.models import CoalitionMembership, Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system


@dataclass(frozen=True, slots=True)
class Pair:
    """An organization that acts and the other one, neither of which changes meanwhile."""

    own: Organization
    other: Organization

    @property
    def is_free(self) -> bool:
        """Whether neither is locked down, and the other one is verified."""
        locked = self.own.locked_down_at or self.other.locked_down_at
        return not locked and self.other.status == OrganizationStatus.VERIFIED


def pair_of(actor: Actor, own: UUID, other: UUID) -> Pair:
    """Both organizations, under lock until the transaction ends.

    Raises:
        Organization.DoesNotExist: one is gone.
    """
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        rows = Organization.objects.select_for_update().order_by("pk")
        found = {one.pk: one for one in rows.filter(pk__in=[own, other])}
    if len(found) < 2:
        raise Organization.DoesNotExist
    return Pair(found[own], found[other])


def present_membership(
    actor: Actor, membership: CoalitionMembership
) -> tuple[CoalitionMembership, Pair]:
    """The membership as it is now, and both sides; all under lock.

    Raises:
        Refused: the actor's role does not carry it.
        CoalitionMembership.DoesNotExist: the organization acted for is on neither side.
    """
    require(actor, Permission.COALITION_MANAGE)
    found = CoalitionMembership.objects.get(pk=membership.pk)
    pair = pair_of(actor, actor.acted_for, found.other_of(actor.acted_for))
    return CoalitionMembership.objects.select_for_update().get(pk=found.pk), pair


def require_free(pair: Pair) -> None:
    """Pass where something may change between both.

    Raises:
        ValidationError: `resting`; which of the reasons it is, is the other one's own affair.
    """
    if not pair.is_free:
        raise ValidationError(
            _("Nothing can be changed between you at present. Try again in some days."),
            code="resting",
        )


def record_both(
    actor: Actor, verb: str, membership: CoalitionMembership, slugs: dict[UUID, str]
) -> None:
    """Add an entry to the log of each side, which names the other one by its slug."""
    for organization_id in (membership.coalition_id, membership.organization_id):
        record_in(
            actor,
            organization_id,
            verb,
            object_kind="coalition_membership",
            object_id=membership.pk,
            group=slugs[membership.other_of(organization_id)],
        )


def record_in(actor: Actor, organization_id: UUID, verb: str, **details: Any) -> None:
    """Add an entry to the log of an organization; of another than one's own as the system.

    Another organization learns what was done, and never by whom.
    """
    if actor.organization_id == organization_id:
        record(actor, verb, **details)
        return
    with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=organization_id)) as eyes:
        record(eyes, verb, **details)


def tell_coordinators(
    actor: Actor, organization: Organization, compose: Callable[[str], Letter]
) -> None:
    """Write to the coordinators and owners of a side; `compose` gets the address of its page."""
    address = f"{settings.PUBLIC_ORIGIN}/desk/{organization.slug}/coalitions/"
    tell_members(
        actor,
        organization_id=organization.pk,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: compose(address),
    )


def slugs_of(pair: Pair) -> dict[UUID, str]:
    """The slugs of both, by id."""
    return {one.pk: one.slug for one in (pair.own, pair.other)}
