"""Making organizations and giving people a role in them."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from network.actions.audit import record
from network.enums import OrganizationKind, OrganizationStatus, Role
from network.events import MembershipEnded, MembershipGranted, OrganizationCreated, publish
from network.models import Membership, Organization, Person
from network.permissions import Permission, require
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
        Refused: the actor may not manage this organization's members.
    """
    require(actor, Permission.MEMBER_MANAGE, organization)
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        organization=organization, person=person, ended_at=None, defaults={"role": role}
    )
    if is_new or membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
        record(
            actor,
            "membership.granted",
            organization_id=organization.pk,
            object_kind="membership",
            object_id=membership.pk,
            role=str(role),
        )
        publish(MembershipGranted(organization.pk, person.pk, role))
    return membership


@transaction.atomic
def end_membership(actor: Actor, *, membership: Membership) -> None:
    """End a membership from this moment. Ending it twice changes nothing.

    Raises:
        Refused: the actor may not manage this organization's members.
    """
    require(actor, Permission.MEMBER_MANAGE, membership)
    ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(
        ended_at=timezone.now()
    )
    if ended:
        record(
            actor,
            "membership.ended",
            organization_id=membership.organization_id,
            object_kind="membership",
            object_id=membership.pk,
        )
        publish(MembershipEnded(membership.organization_id, membership.person_id))
