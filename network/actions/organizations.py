"""Making organizations and giving people a role in them."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.approvals import present_owners
from network.actions.audit import record
from network.actions.member_names import bring_name
from network.enums import OrganizationKind, OrganizationStatus, Role
from network.erasures import Erased, erase
from network.events import MembershipEnded, MembershipGranted, OrganizationCreated, publish
from network.models import Membership, Organization, Person, RetiredSlug
from network.permissions import Permission, Refused, can_assign, require
from network.queries.groups import group_name
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
        ValidationError: a group that is gone had this slug.
    """
    require(actor, Permission.ORGANIZATION_CREATE)
    if RetiredSlug.objects.filter(slug=slug).exists():
        raise ValidationError(
            _("A group that is gone had this address. Choose another."), code="retired"
        )
    organization = Organization(slug=slug, name=name, country=country, kind=kind)
    if is_verified:
        organization.status = OrganizationStatus.VERIFIED
        organization.verified_on = timezone.localdate()
    organization.group = Group.objects.create(name=group_name(organization.pk))
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
    actor: Actor,
    *,
    organization: Organization,
    person: Person,
    role: Role,
    is_confirmed: bool = False,
) -> Membership:
    """The person's present membership, with this role; an earlier role is replaced.

    `is_confirmed` says that a second owner agreed, see `change_role`, which asks for that.

    Raises:
        Refused: the actor may not manage this organization's members, or gives or takes a role
            above their own, or brings in somebody who was not invited.
        ValidationError: `last_owner` where it would leave the organization without an owner;
            `second_owner` where it makes or unmakes an owner and another one must agree.
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
        bring_name(actor, organization_id=organization.pk, person=person)
    elif old is role:
        return membership
    elif not is_confirmed:
        _want_second_owner(actor, membership, role)
    if old is Role.OWNER:
        _keep_an_owner(actor, membership)
    membership.role = role
    membership.role_since = timezone.now()
    membership.save()
    _record(actor, "membership.granted", membership, role=str(role))
    erase(Erased.MEMBERSHIP, f"{organization.pk}:{person.pk}", str(role))
    publish(MembershipGranted(organization.pk, person.pk, role))
    return membership


@transaction.atomic
def end_membership(actor: Actor, *, membership: Membership, is_confirmed: bool = False) -> None:
    """End a membership from this moment. Ending it twice changes nothing.

    The invitations that its holder has sent die with it. `is_confirmed` says that a second owner
    agreed, see `remove_member`, which asks for that.

    Raises:
        Refused: the actor may not manage this organization's members, or the role is above theirs.
        ValidationError: `last_owner` where it would leave the organization without an owner;
            `second_owner` where it takes an owner away and another one must agree.
    """
    require(actor, Permission.MEMBER_MANAGE, membership)
    if not can_assign(actor, Role(membership.role), None):
        raise Refused(Permission.MEMBER_MANAGE)
    if not is_confirmed:
        _want_second_owner(actor, membership, None)
    _end(actor, membership)


@transaction.atomic
def leave_organization(actor: Actor) -> None:
    """End the actor's own membership in the organization acted for.

    Raises:
        Refused: the actor has no role there.
        ValidationError: `last_owner`, for the last owner.
    """
    require(actor, Permission.ORGANIZATION_READ)
    _end(actor, Membership.objects.get(person_id=actor.someone, ended_at=None))


def needs_second_owner(actor: Actor, membership: Membership, role: Role | None) -> bool:
    """Whether this change makes or unmakes an owner and a second one must agree to it.

    Not where there is one owner only, nor where an owner steps down of their own will.
    """
    if actor.person_id is None or membership.person_id == actor.person_id:
        return False
    is_grave = Role.OWNER in (membership.role, role)
    return is_grave and len(present_owners(membership.organization)) > 1


def _want_second_owner(actor: Actor, membership: Membership, role: Role | None) -> None:
    if needs_second_owner(actor, membership, role):
        raise ValidationError(
            _("Another owner must confirm who becomes or stays an owner. Ask for it first."),
            code="second_owner",
        )


def _end(actor: Actor, membership: Membership) -> None:
    if membership.role == Role.OWNER:
        _keep_an_owner(actor, membership)
    ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(
        ended_at=timezone.now()
    )
    if ended:
        _record(actor, "membership.ended", membership)
        erase(Erased.MEMBERSHIP, f"{membership.organization_id}:{membership.person_id}")
        publish(MembershipEnded(membership.organization_id, membership.person_id))


def _keep_an_owner(actor: Actor, leaving: Membership) -> None:
    """Refuse to take the last owner away; only the operator may, to hand an organization over.

    Raises:
        ValidationError: `last_owner`.
    """
    # Read under lock, so that two owners who take each other away do not both succeed.
    present = {owner.pk for owner in present_owners(leaving.organization)}
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
