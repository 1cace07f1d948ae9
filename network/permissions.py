"""The one gate: what each role may do, and `can`, which everything asks.

This module is also the only one that imports guardian. Membership answers for an organization's
own objects; guardian carries the exceptions, a grant on one object to another's group.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import models
from guardian.utils import get_group_obj_perms_model

from network.enums import Role
from network.models import Organization
from network.queries.memberships import is_steward, resting_role_of, role_of
from network.queries.stewarding import belongs_to
from network.queries.support import support_session_of
from network.tenancy import Actor, Purpose


class Permission(StrEnum):
    """Every permission there is, as noun.verb."""

    APPLICATION_DECIDE = "application.decide"
    APPLICATION_WRITE = "application.write"
    AUDIT_READ = "audit.read"
    CARD_PUBLISH = "card.publish"
    COALITION_MANAGE = "coalition.manage"
    DOCUMENT_READ = "document.read"
    DOCUMENT_WRITE = "document.write"
    LEDGER_WRITE = "ledger.write"
    LISTING_IMPORT = "listing.import"
    LISTING_SUPPRESS = "listing.suppress"
    MEMBER_MANAGE = "member.manage"
    MEMBER_READ = "member.read"
    MENTOR_OFFER = "mentor.offer"
    MESSAGE_MANAGE = "message.manage"
    MESSAGE_READ = "message.read"
    MESSAGE_WRITE = "message.write"
    NODE_EDIT = "node.edit"
    ORGANIZATION_CREATE = "organization.create"
    ORGANIZATION_DELETE = "organization.delete"
    ORGANIZATION_EDIT = "organization.edit"
    ORGANIZATION_EXPORT = "organization.export"
    ORGANIZATION_LOCK = "organization.lock"
    ORGANIZATION_READ = "organization.read"
    ORGANIZATION_SUSPEND = "organization.suspend"
    PERSON_CREATE = "person.create"
    PERSON_SUSPEND = "person.suspend"
    PROGRAM_DELETE = "program.delete"
    PROGRAM_EDIT = "program.edit"
    PROGRAM_GRANT = "program.grant"
    PROGRAM_PUBLISH = "program.publish"
    PROGRAM_READ = "program.read"
    REPORT_DECIDE = "report.decide"
    SUPPORT_ALLOW = "support.allow"
    SUPPORT_OPEN = "support.open"
    TOKEN_MAKE = "token.make"  # noqa: S105 - a name
    TOKEN_MANAGE = "token.manage"  # noqa: S105 - a name
    VOUCH_GIVE = "vouch.give"


_P = Permission
_MEMBER = frozenset(
    {_P.DOCUMENT_READ, _P.MEMBER_READ, _P.ORGANIZATION_READ, _P.PROGRAM_READ, _P.TOKEN_MAKE}
)
_ORGANIZER = _MEMBER | {_P.MESSAGE_READ, _P.MESSAGE_WRITE}
_EDITOR = _MEMBER | {_P.DOCUMENT_WRITE, _P.PROGRAM_EDIT}
_COORDINATOR = (
    _EDITOR
    | _ORGANIZER
    | {
        _P.APPLICATION_WRITE,
        _P.AUDIT_READ,
        _P.CARD_PUBLISH,
        _P.COALITION_MANAGE,
        _P.LEDGER_WRITE,
        _P.MEMBER_MANAGE,
        _P.MENTOR_OFFER,
        _P.MESSAGE_MANAGE,
        _P.ORGANIZATION_EDIT,
        _P.ORGANIZATION_LOCK,
        _P.PROGRAM_PUBLISH,
        _P.TOKEN_MANAGE,
        _P.VOUCH_GIVE,
    }
)
_OWNER = _COORDINATOR | {
    _P.ORGANIZATION_DELETE,
    _P.ORGANIZATION_EXPORT,
    _P.PROGRAM_DELETE,
    _P.PROGRAM_GRANT,
    _P.SUPPORT_ALLOW,
}

OF_ROLE: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.EDITOR: _EDITOR,
    Role.ORGANIZER: _ORGANIZER,
    Role.COORDINATOR: _COORDINATOR,
    Role.OWNER: _OWNER,
}

# What a steward sees while a group lets them look: no members, no documents, no messages.
OF_SUPPORT = frozenset({_P.ORGANIZATION_READ, _P.PROGRAM_READ})

OF_PURPOSE: dict[Purpose, frozenset[Permission]] = {
    Purpose.DIGEST: frozenset(),
    Purpose.FOLLOW: frozenset(),
    Purpose.HUB: frozenset(),
    Purpose.IMPORT: frozenset({_P.LISTING_IMPORT}),
    Purpose.MAIL: frozenset(),
    Purpose.MESSENGER: frozenset(),
    Purpose.OPERATOR: frozenset(
        {
            _P.CARD_PUBLISH,
            _P.COALITION_MANAGE,
            _P.LISTING_SUPPRESS,
            _P.MEMBER_MANAGE,
            _P.ORGANIZATION_CREATE,
            _P.PERSON_CREATE,
            _P.PERSON_SUSPEND,
            _P.PROGRAM_PUBLISH,
            _P.TOKEN_MAKE,
            _P.TOKEN_MANAGE,
        }
    ),
    Purpose.PURGE: frozenset(),
    Purpose.RELEASE: frozenset(),
    Purpose.SIGN_IN: frozenset({_P.PERSON_CREATE, _P.TOKEN_MANAGE}),
    Purpose.STEWARD: frozenset(
        {
            _P.APPLICATION_DECIDE,
            _P.LISTING_SUPPRESS,
            _P.NODE_EDIT,
            _P.ORGANIZATION_SUSPEND,
            _P.REPORT_DECIDE,
            _P.SUPPORT_OPEN,
        }
    ),
}

# What a grant on one object can carry: texts, never contact, location, publishing or deletion.
GRANTABLE: dict[Permission, str] = {_P.PROGRAM_EDIT: "edit_texts"}


class OwnedByOrganization(Protocol):
    """An object of one organization."""

    @property
    def organization_id(self) -> UUID:
        """Whose it is."""


OwnedModel = TypeVar("OwnedModel", bound=OwnedByOrganization)


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The actor may not do this. Pages and API answer it as they answer what is missing."""


def can(actor: Actor, permission: Permission, obj: OwnedByOrganization | None = None) -> bool:
    """Whether the actor may do this to that object, or at all where there is none.

    Without an object the question is about the organization acted for. Asked of the database at
    this moment: one query for the role, one more where only a grant can answer.
    """
    if actor.purpose is Purpose.STEWARD and not is_steward(actor):
        return False
    if actor.purpose is not None:
        return permission in OF_PURPOSE[actor.purpose] and _is_within(actor, obj)
    role = role_of(actor)
    if role is None:
        is_own = obj is None or obj.organization_id == actor.organization_id
        return permission in OF_SUPPORT and is_own and is_supporting(actor)
    if obj is None or obj.organization_id == actor.organization_id:
        return permission in OF_ROLE[role]
    return permission in OF_ROLE[role] and _is_granted(actor, permission, obj)


def permitted(
    actor: Actor, permission: Permission, objects: Sequence[OwnedModel]
) -> list[OwnedModel]:
    """Those of some objects of one model to which the actor may do this, in their order.

    What `can` says of each, for a whole list: one query for the role, two more where only grants
    can answer, however many objects there are.
    """
    if actor.purpose is not None:
        return [one for one in objects if can(actor, permission, one)]
    role = role_of(actor)
    if role is None or permission not in OF_ROLE[role]:
        return []
    foreign = [one for one in objects if one.organization_id != actor.organization_id]
    granted = _granted(actor, permission, foreign)
    return [
        one
        for one in objects
        if one.organization_id == actor.organization_id or getattr(one, "pk", None) in granted
    ]


def require(actor: Actor, permission: Permission, obj: OwnedByOrganization | None = None) -> None:
    """Pass where `can` says yes.

    Raises:
        Refused: it says no.
    """
    if not can(actor, permission, obj):
        raise Refused(permission)


def require_unconflicted(actor: Actor, permission: Permission, organization: Organization) -> None:
    """Pass where a steward may do this to a group that is not their own.

    Raises:
        Refused: the actor is no steward, or belongs to the group.
    """
    require(actor, permission)
    if belongs_to(actor, organization.pk):
        raise Refused(permission)


def is_supporting(actor: Actor) -> bool:
    """Whether the actor is a steward who may look at the group acted for at this moment.

    An owner of the group allowed it, and the time is not over.
    """
    return support_session_of(actor) is not None and is_steward(actor)


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
    return all(role.rank <= own.rank for role in (old, new) if role is not None)


def can_offer(actor: Actor, role: Role) -> bool:
    """Whether the actor may invite somebody to this role: none above their own."""
    own = role_of(actor)
    return own is not None and Permission.MEMBER_MANAGE in OF_ROLE[own] and role.rank <= own.rank


def can_bring_back(actor: Actor) -> bool:
    """Whether the actor may end a lock-down, or undo that the organization leaves.

    While either lasts nobody has a role: its owners may do this and nothing else.
    """
    if actor.purpose is not None:
        return Permission.MEMBER_MANAGE in OF_PURPOSE[actor.purpose]
    return resting_role_of(actor) is Role.OWNER


def require_bring_back(actor: Actor, organization: Organization) -> None:
    """Pass where `can_bring_back` says yes, for this very organization.

    Raises:
        Refused: it says no.
    """
    foreign = actor.purpose is None and actor.organization_id != organization.pk
    if foreign or not _is_within(actor, organization) or not can_bring_back(actor):
        raise Refused(Permission.ORGANIZATION_LOCK)


def _is_within(actor: Actor, obj: OwnedByOrganization | None) -> bool:
    """Whether an object lies within the organization that a purpose acts for, if for one."""
    bound = actor.organization_id
    return bound is None or obj is None or obj.organization_id == bound


def _is_granted(actor: Actor, permission: Permission, obj: OwnedByOrganization) -> bool:
    return bool(_granted(actor, permission, [obj]))


def _granted(
    actor: Actor, permission: Permission, foreign: Sequence[OwnedByOrganization]
) -> set[UUID]:
    """The ids of those objects of others on which the organization acted for holds a grant."""
    codename = GRANTABLE.get(permission)
    rows = [one for one in foreign if isinstance(one, models.Model)]
    if codename is None or actor.organization_id is None or not rows:
        return set()
    acted_for = Organization.objects.beyond_scope().filter(pk=actor.organization_id).first()
    if acted_for is None:
        return set()
    # The group of the organization acted for, never the user: that would mix in their others.
    # And without the scope, which shows grants to the organization that gives them.
    grants: Any = get_group_obj_perms_model(rows[0])
    held: models.QuerySet[Any] = models.QuerySet(grants).filter(
        group_id=acted_for.group_id,
        permission__codename=codename,
        content_object__in=[one.pk for one in rows],
    )
    return set(held.values_list("content_object_id", flat=True))
