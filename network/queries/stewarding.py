"""What stewards ask about groups: conflict of interest, who can sign in, how many are verified."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from network.enums import OrganizationStatus, Role
from network.models import AuditEntry, MemberName, Membership, Node, Organization, Person
from network.tenancy import Actor, Purpose, Via, acting, system

FEW = 5


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member as stewards see one: the role and the name within the group, no address."""

    membership_id: UUID
    role: Role
    name: str
    is_active: bool


def belongs_to(actor: Actor, *organizations: UUID) -> bool:
    """Whether the actor's person belongs to one of these groups: a conflict of interest.

    One query.
    """
    return (
        Membership.objects.beyond_scope()
        .filter(person_id=actor.someone, organization_id__in=organizations, ended_at=None)
        .exists()
    )


def own_groups(actor: Actor) -> set[UUID]:
    """The groups to which the actor's person belongs. One query."""
    rows = Membership.objects.beyond_scope().filter(person_id=actor.someone, ended_at=None)
    return set(rows.values_list("organization_id", flat=True))


def verified_groups() -> int:
    """How many groups of this node are verified. One query, with the operator's eyes."""
    with acting(system(Purpose.OPERATOR, via=Via.PAGE), is_reading=True):
        return Organization.objects.filter(
            home_node=None, status=OrganizationStatus.VERIFIED
        ).count()


def steward_count() -> int:
    """How many people look after this node. One query, with the operator's eyes."""
    with acting(system(Purpose.OPERATOR, via=Via.PAGE), is_reading=True):
        return Person.objects.filter(is_active=True, is_steward=True).count()


def stewards_outside(groups: Collection[UUID]) -> QuerySet[Person]:
    """The stewards who belong to none of these groups. No query; with the operator's eyes."""
    within = Membership.objects.beyond_scope().filter(
        person_id=OuterRef("pk"), ended_at=None, organization_id__in=groups
    )
    return Person.objects.filter(~Exists(within), is_active=True, is_steward=True)


def has_steward_outside(*groups: UUID) -> bool:
    """Whether anybody looks after this node who belongs to none of these groups. One query."""
    with acting(system(Purpose.OPERATOR, via=Via.PAGE), is_reading=True):
        return stewards_outside(groups).exists()


def groups_for_stewards(actor: Actor, status: str = "") -> QuerySet[Organization]:
    """The groups of this node by name, each with its number of `members` and of `owners`."""
    del actor  # the steward's page asked the gate
    present = Q(memberships__ended_at=None)
    rows = Organization.objects.filter(home_node=None).exclude(status=OrganizationStatus.LEFT)
    return (
        (rows.filter(status=status) if status else rows)
        .annotate(
            members=Count("memberships", filter=present),
            owners=Count("memberships", filter=present & Q(memberships__role=Role.OWNER)),
        )
        .order_by("name", "id")
    )


def ownerless(actor: Actor, groups: Iterable[UUID]) -> set[UUID]:
    """Those of these groups in which no owner can sign in. One query."""
    eyes = system(Purpose.OPERATOR, via=actor.via)
    with acting(eyes, is_reading=True):
        owned = Membership.objects.filter(
            role=Role.OWNER, ended_at=None, person__is_active=True, organization_id__in=groups
        )
        return set(groups) - set(owned.values_list("organization_id", flat=True))


def members_for_stewards(actor: Actor, organization: Organization) -> list[GroupMember]:
    """Who could become an owner of a group: roles and names, never addresses. Two queries."""
    eyes = system(Purpose.OPERATOR, via=actor.via, organization_id=organization.pk)
    with acting(eyes, is_reading=True):
        names = dict(MemberName.objects.values_list("person_id", "name"))
        rows = Membership.objects.filter(ended_at=None).select_related("person")
        found = [
            GroupMember(one.pk, Role(one.role), names.get(one.person_id, ""), one.person.is_active)
            for one in rows.only("role", "person_id", "person__is_active", "organization_id")
        ]
    return sorted(found, key=lambda one: (-one.role.rank, one.name.casefold()))


def log_of_stewards(actor: Actor) -> QuerySet[AuditEntry]:
    """What stewards did that belongs to no group's log alone, newest first."""
    del actor  # row security shows a steward the node's own log and no other
    return AuditEntry.objects.filter(organization=None, purpose=Purpose.STEWARD)


def node_profile() -> Node | None:
    """What the stewards wrote of this node; nothing before they did. One query."""
    return Node.objects.filter(state="self").first()
