"""Making organizations and giving people a role in them."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.enums import OrganizationKind, OrganizationStatus, Role
from network.events import MembershipEnded, MembershipGranted, OrganizationCreated, publish
from network.models import Membership, Organization, Person
from network.permissions import Permission, Refused, can_assign, require
from network.tenancy import Actor


@transaction.atomic
def create_organization(
    actor: Actor,
    *,
    slug: str,
    name: str,
    country: str,
    kind: OrganizationKind = OrganizationKind.PROGRAM_OPERATOR,
    is_verified: bool = False,
) -> Organization:
    """An organization of this node, with the group that will hold grants made to it.

    Without `is_verified` it is `applied`: it exists for its members and nobody else.

    Raises:
        Refused: the actor may not create organizations.
    """
    require(actor, Permission.ORGANIZATION_CREATE)
    organization = Organization(slug=slug, name=name, country=country, kind=kind)
    if is_verified:
        organization.status = OrganizationStatus.VERIFIED
        organization.verified_on = timezone.localdate()
    organization.group = Group.objects.create(name=f"organization {organization.pk}")
    organization.save()
    record(
        actor,
        "organization.created",
        organization_id=organization.pk,
        object_kind="organization",
        object_id=organization.pk,
    )
    publish(OrganizationCreated(organization.pk))
    return organization


@transaction.atomic
def grant_membership(
    actor: Actor, *, organization: Organization, person: Person, role: Role
) -> Membership:
    """The person's present membership, with this role; an earlier role is replaced.

    Raises:
        Refused: the actor may not manage this organization's members, or gives or takes a role
            above their own, or brings in somebody who was not invited.
        ValidationError: it would leave the organization without an owner.
    """
    require(actor, Permission.MEMBER_MANAGE, organization)
    present = Membership.objects.select_for_update().filter(
        organization=organization, person=person, ended_at=None
    )
    membership = present.first()
    old = None if membership is None else Role(membership.role)
    if not can_assign(actor, old, role):
        raise Refused(Permission.MEMBER_MANAGE)
    if membership is None:
        membership = Membership(organization=organization, person=person)
    elif old is role:
        return membership
    elif old is Role.OWNER:
        _keep_an_owner(actor, membership)
    membership.role = role
    membership.save()
    _record(actor, "membership.granted", membership, role=str(role))
    publish(MembershipGranted(organization.pk, person.pk, role))
    return membership


@transaction.atomic
def end_membership(actor: Actor, *, membership: Membership) -> None:
    """End a membership from this moment. Ending it twice changes nothing.

    Raises:
        Refused: the actor may not manage this organization's members, or the role is above theirs.
        ValidationError: it would leave the organization without an owner.
    """
    require(actor, Permission.MEMBER_MANAGE, membership)
    if not can_assign(actor, Role(membership.role), None):
        raise Refused(Permission.MEMBER_MANAGE)
    if membership.role == Role.OWNER:
        _keep_an_owner(actor, membership)
    ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(
        ended_at=timezone.now()
    )
    if ended:
        _record(actor, "membership.ended", membership)
        publish(MembershipEnded(membership.organization_id, membership.person_id))


def _keep_an_owner(actor: Actor, leaving: Membership) -> None:
    """Refuse to take the last owner away; only the operator may, to hand an organization over.

    Raises:
        ValidationError: `last_owner`.
    """
    owners = Membership.objects.select_for_update().filter(
        organization_id=leaving.organization_id, role=Role.OWNER, ended_at=None
    )
    # Read under lock, so that two owners who take each other away do not both succeed.
    present = set(owners.values_list("pk", flat=True))
    if actor.person_id is not None and present <= {leaving.pk}:
        raise ValidationError(
            _("A group needs an owner. Make somebody else an owner first."), code="last_owner"
        )


def _record(actor: Actor, verb: str, membership: Membership, **details: str) -> None:
    record(
        actor,
        verb,
        organization_id=membership.organization_id,
        object_kind="membership",
        object_id=membership.pk,
        **details,
    )
