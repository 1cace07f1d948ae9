"""The one gate: what each role may do, and `can`, which everything asks.

This module is also the only one that imports guardian. Membership answers for an organization's
own objects; guardian carries the exceptions, a grant on one object to another's group.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db import models
from guardian.core import ObjectPermissionChecker

from network.enums import Role
from network.models import Organization
from network.queries.memberships import role_of
from network.tenancy import Actor, Purpose


class Permission(StrEnum):
    """Every permission there is, as noun.verb."""

    AUDIT_READ = "audit.read"
    CARD_PUBLISH = "card.publish"
    LISTING_IMPORT = "listing.import"
    LISTING_SUPPRESS = "listing.suppress"
    MEMBER_MANAGE = "member.manage"
    MEMBER_READ = "member.read"
    ORGANIZATION_CREATE = "organization.create"
    ORGANIZATION_READ = "organization.read"
    PROGRAM_EDIT = "program.edit"
    PROGRAM_PUBLISH = "program.publish"
    PROGRAM_READ = "program.read"


_P = Permission
_MEMBER = frozenset({_P.MEMBER_READ, _P.ORGANIZATION_READ, _P.PROGRAM_READ})
_COORDINATOR = _MEMBER | {
    _P.AUDIT_READ,
    _P.CARD_PUBLISH,
    _P.MEMBER_MANAGE,
    _P.PROGRAM_EDIT,
    _P.PROGRAM_PUBLISH,
}

OF_ROLE: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.EDITOR: _MEMBER | {_P.PROGRAM_EDIT},
    Role.ORGANIZER: _MEMBER,
    Role.COORDINATOR: _COORDINATOR,
    Role.OWNER: _COORDINATOR,
}

# An editor is no step of the ladder, and no higher than an organizer.
_RANK = {Role.MEMBER: 0, Role.EDITOR: 1, Role.ORGANIZER: 1, Role.COORDINATOR: 2, Role.OWNER: 3}

OF_PURPOSE: dict[Purpose, frozenset[Permission]] = {
    Purpose.IMPORT: frozenset({_P.LISTING_IMPORT}),
    Purpose.OPERATOR: frozenset(
        {_P.CARD_PUBLISH, _P.LISTING_SUPPRESS, _P.MEMBER_MANAGE, _P.ORGANIZATION_CREATE}
    ),
    Purpose.PURGE: frozenset(),
    Purpose.SIGN_IN: frozenset(),
}

# What a grant on one object can carry: texts, never contact, location, publishing or deletion.
GRANTABLE: dict[Permission, str] = {_P.PROGRAM_EDIT: "edit_texts"}


class OwnedByOrganization(Protocol):
    """An object of one organization."""

    @property
    def organization_id(self) -> UUID:
        """Whose it is."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The actor may not do this. Pages and API answer it as they answer what is missing."""


def can(actor: Actor, permission: Permission, obj: OwnedByOrganization | None = None) -> bool:
    """Whether the actor may do this to that object, or at all where there is none.

    Without an object the question is about the organization acted for. Asked of the database at
    this moment: one query for the role, one more where only a grant can answer.
    """
    if actor.purpose is not None:
        return permission in OF_PURPOSE[actor.purpose] and _is_within(actor, obj)
    role = role_of(actor)
    if role is None:
        return False
    if obj is None or obj.organization_id == actor.organization_id:
        return permission in OF_ROLE[role]
    return permission in OF_ROLE[role] and _is_granted(actor, permission, obj)


def require(actor: Actor, permission: Permission, obj: OwnedByOrganization | None = None) -> None:
    """Pass where `can` says yes.

    Raises:
        Refused: it says no.
    """
    if not can(actor, permission, obj):
        raise Refused(permission)


def can_assign(actor: Actor, old: Role | None, new: Role | None) -> bool:
    """Whether the actor may turn one role into another; no role is not belonging.

    Nobody gives or takes a role above their own, and people come in by invitation only: a person
    cannot turn no role into one.
    """
    if actor.purpose is not None:
        return Permission.MEMBER_MANAGE in OF_PURPOSE[actor.purpose]
    own = role_of(actor)
    if own is None or old is None or Permission.MEMBER_MANAGE not in OF_ROLE[own]:
        return False
    return all(_RANK[role] <= _RANK[own] for role in (old, new) if role is not None)


def _is_within(actor: Actor, obj: OwnedByOrganization | None) -> bool:
    """Whether an object lies within the organization that a purpose acts for, if for one."""
    bound = actor.organization_id
    return bound is None or obj is None or obj.organization_id == bound


def _is_granted(actor: Actor, permission: Permission, obj: OwnedByOrganization) -> bool:
    codename = GRANTABLE.get(permission)
    if codename is None or not isinstance(obj, models.Model):
        return False
    if actor.organization_id is None:
        return False
    acted_for = (
        Organization.objects.beyond_scope()
        .select_related("group")
        .filter(pk=actor.organization_id)
        .first()
    )
    # The group of the organization acted for, never the user: that would mix in their others.
    return acted_for is not None and ObjectPermissionChecker(acted_for.group).has_perm(
        codename, obj
    )
