"""Changing what members may do, with a second owner where owners are made or unmade."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.approvals import ask_or_do, register_deed
from network.actions.organizations import (
    end_membership,
    grant_membership,
    needs_second_owner,
)
from network.enums import ApprovalKind, Role
from network.models import Approval, Membership, Organization, Person
from network.permissions import Permission, Refused, can_assign, require
from network.tenancy import Actor


@transaction.atomic
def change_role(actor: Actor, *, membership: Membership, role: Role) -> Approval | None:
    """Give a member another role; where a second owner must agree, what now waits for one.

    Raises:
        Refused: the actor may not manage members, or a role stands above their own.
        ValidationError: `last_owner`, or `ended` where the membership is over.
    """
    _require_assignable(actor, membership, role)
    if needs_second_owner(actor, membership, role):
        return _ask(actor, membership, role)
    grant_membership(
        actor,
        organization=membership.organization,
        person=_holder(membership),
        role=role,
    )
    return None


@transaction.atomic
def remove_member(actor: Actor, *, membership: Membership) -> Approval | None:
    """End a membership; where a second owner must agree, what now waits for one.

    Raises:
        Refused: the actor may not manage members, or the role stands above their own.
        ValidationError: `last_owner`, or `ended` where it is over already.
    """
    _require_assignable(actor, membership, None)
    if needs_second_owner(actor, membership, None):
        return _ask(actor, membership, None)
    end_membership(actor, membership=membership)
    return None


def _require_assignable(actor: Actor, membership: Membership, role: Role | None) -> None:
    require(actor, Permission.MEMBER_MANAGE, membership)
    if not can_assign(actor, Role(membership.role), role):
        raise Refused(Permission.MEMBER_MANAGE)
    if membership.ended_at is not None:
        raise ValidationError(
            _("This person does not belong to the group any more."), code="ended"
        )


def _ask(actor: Actor, membership: Membership, role: Role | None) -> Approval | None:
    details = {"membership": str(membership.pk), "role": str(role) if role else ""}
    return ask_or_do(
        actor,
        organization=membership.organization,
        kind=ApprovalKind.OWNER_ROLE,
        details=details,
    )


def _holder(membership: Membership) -> Person:
    """The holder by id alone: nobody reads a colleague's account."""
    return Person(pk=membership.person_id)


def _do(actor: Actor, organization: Organization, details: dict[str, Any]) -> None:
    membership = (
        Membership.objects.select_related("organization")
        .filter(organization=organization, pk=details["membership"], ended_at=None)
        .first()
    )
    if membership is None:
        raise ValidationError(
            _("This person does not belong to the group any more."), code="ended"
        )
    if details["role"]:
        grant_membership(
            actor,
            organization=organization,
            person=_holder(membership),
            role=Role(details["role"]),
            is_confirmed=True,
        )
    else:
        end_membership(actor, membership=membership, is_confirmed=True)


register_deed(ApprovalKind.OWNER_ROLE, _do)
