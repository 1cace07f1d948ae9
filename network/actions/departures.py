"""An organization leaves: nothing of it is public at once, and all of it is gone in 7 days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.actions.approvals import ask_or_do, register_deed
from network.actions.audit import record, record_organization
from network.actions.invitations import revoke_all
from network.actions.letters import Letter, isolated
from network.actions.notices import settings_address, tell_members
from network.actions.tokens import revoke_tokens_in
from network.enums import ApprovalKind, OrganizationStatus
from network.erasures import Erased, erase, take_back
from network.events import (
    OrganizationDeleted,
    OrganizationPurged,
    OrganizationRestored,
    publish,
)
from network.models import Approval, AuditEntry, Organization, RetiredSlug
from network.permissions import Permission, Refused, require, require_bring_back
from network.queries.schema_report import options_of
from network.tenancy import Actor, Purpose, acting, system

UNDO_FOR = dt.timedelta(days=7)


# Called before the rows of an organization go, for what another floor alone can delete.
Farewell = Callable[[UUID], None]
_farewells: list[Farewell] = []


def before_purge(farewell: Farewell) -> None:
    """Call this with the id of each organization, in the transaction that purges it."""
    if farewell not in _farewells:
        _farewells.append(farewell)


@transaction.atomic
def delete_organization(actor: Actor, *, organization: Organization) -> Approval | None:
    """Let an organization leave; where there are several owners, what now waits for a second one.

    From the commit on nobody has a role in it and nothing of it is public. All members are told.
    An owner can undo it for 7 days, see `restore_organization`; then it is purged.

    Raises:
        Refused: the actor is no owner of this organization.
    """
    require(actor, Permission.ORGANIZATION_DELETE, organization)
    return ask_or_do(actor, organization=organization, kind=ApprovalKind.DELETION)


@transaction.atomic
def restore_organization(actor: Actor, *, organization: Organization) -> None:
    """Undo the deletion. Nothing is public again by itself: its members publish it anew.

    Its website waits for 24 hours, or for a second coordinator.

    Raises:
        Refused: the actor is no owner, or the organization is not about to leave.
        ValidationError: `gone` where the 7 days have passed.
    """
    require_bring_back(actor, organization)
    present = Organization.objects.select_for_update().get(pk=organization.pk)
    if present.status != OrganizationStatus.LEFT or present.deleted_at is None:
        raise Refused(Permission.ORGANIZATION_DELETE)
    if present.deleted_at + UNDO_FOR <= timezone.now():
        raise ValidationError(
            _("The 7 days are over. The group is being deleted for good."), code="gone"
        )
    before = OrganizationStatus.VERIFIED if present.verified_on else OrganizationStatus.APPLIED
    # Its page is gone, so nothing tells whether this website is the one that readers knew: it
    # waits as a new one does.
    is_back = before == OrganizationStatus.VERIFIED
    held = {
        "website_changed_at": timezone.now() if is_back else None,
        "website_changed_by": actor.person_id if is_back else None,
    }
    # Only the operator's hand makes a group verified, even one that was.
    with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=organization.pk)):
        Organization.objects.filter(pk=organization.pk).update(
            status=before, deleted_at=None, **held
        )
    record_organization(actor, "organization.restored", organization)
    take_back(Erased.ORGANIZATION_LEFT, organization.pk)
    publish(OrganizationRestored(organization.pk))


def purge_departed(actor: Actor) -> int:
    """Delete for good what left more than 7 days ago; how many organizations there were.

    Each in a transaction of its own. Its slug is kept, so that no other gets it.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        gone = Organization.objects.filter(
            status=OrganizationStatus.LEFT, deleted_at__lte=timezone.now() - UNDO_FOR
        ).values_list("pk", flat=True)
        departed = list(gone)
    for organization_id in departed:
        _purge(actor, organization_id)
    return len(departed)


@transaction.atomic
def _purge(actor: Actor, organization_id: UUID) -> None:
    for farewell in _farewells:
        farewell(organization_id)
    # The log is the purge's to delete, everything else the operator's.
    with acting(actor):
        AuditEntry.objects.beyond_scope().filter(organization_id=organization_id).delete()
    with acting(system(Purpose.OPERATOR, via=actor.via)) as operator:
        organization = Organization.objects.get(pk=organization_id)
        RetiredSlug.objects.get_or_create(slug=organization.slug)
        organization.delete()
        _delete_group(organization.group_id)
        record(
            operator,
            "organization.purged",
            object_kind="organization",
            object_id=organization_id,
        )
    erase(Erased.ORGANIZATION, organization_id)
    erase(Erased.ORGANIZATION_SLUG, organization.slug)
    publish(OrganizationPurged(organization_id))


def _delete_group(group_id: int) -> None:
    """Delete an organization's group with the grants that it held.

    By hand: deleting it by the model would first ask to write tables that are the owner's alone,
    and empty.
    """
    for relation in options_of(Group).related_objects:
        holder = relation.related_model
        is_grant = relation.one_to_many and options_of(holder).app_label not in (
            "auth",
            "guardian",
        )
        if is_grant:
            holder._base_manager.filter(  # noqa: SLF001 - the documented manager of every model
                **{relation.field.name: group_id}
            ).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM auth_group WHERE id = %s", [group_id])


def _do(actor: Actor, organization: Organization, details: dict[str, Any]) -> None:
    require(actor, Permission.ORGANIZATION_DELETE, organization)
    revoke_all(organization)
    revoke_tokens_in(actor, organization=organization)
    record_organization(actor, "organization.deleted", organization)
    Organization.objects.filter(pk=organization.pk).update(
        status=OrganizationStatus.LEFT,
        deleted_at=timezone.now(),
        website_changed_at=None,
        website_changed_by=None,
    )
    tell_members(actor, organization_id=organization.pk, compose=lambda: _letter(organization))
    erase(Erased.ORGANIZATION_LEFT, organization.pk)
    publish(OrganizationDeleted(organization.pk))


def _letter(organization: Organization) -> Letter:
    words = isolated({"group": organization.name})
    return Letter(
        subject=gettext("%(group)s leaves") % words,
        paragraphs=(
            gettext("An owner has deleted %(group)s. Nothing of it is public any more.") % words,
            gettext(
                "For 7 days an owner can undo this. After that everything that the group keeps "
                "here is deleted for good. Your own account stays."
            ),
        ),
        link=settings_address(organization),
        label=gettext("Undo it, as an owner"),
    )


register_deed(ApprovalKind.DELETION, _do)
