"""Handing over an organization whose owners are gone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.actions.letters import Letter, isolated, written_day
from network.actions.notices import settings_address, tell_members
from network.actions.organizations import grant_membership
from network.enums import Role
from network.identifying import require_looked_at
from network.models import Handover, Membership, Organization, Person
from network.permissions import Permission, Refused, require
from network.queries.memberships import role_of
from network.tenancy import Actor, Purpose, acting
from network.validators import validate_plain_text

NOTICE = dt.timedelta(days=7)
MAX_REASON = 300


@transaction.atomic
def hand_over_organization(
    actor: Actor,
    *,
    membership: Membership,
    reason: str,
    decided_by: Person | None = None,
    has_looked: bool = False,
) -> Handover:
    """Announce that this member becomes owner in 7 days; all members are told, with the reason.

    `decided_by` is the steward who decided it, where one did. Any owner can call it off until
    then, see `cancel_handover`. `has_looked` says that nobody in detention can be recognised by
    the reason.

    Raises:
        Refused: the actor is not the operator, or the steward belongs to the group.
        ValidationError: `reason`, `ended`, `owner` where the member is one, or `open` where a
            handover is announced already; `identifies` where `has_looked` must answer.
    """
    require(actor, Permission.MEMBER_MANAGE, membership)
    if actor.purpose is not Purpose.OPERATOR or _belongs(decided_by, membership):
        raise Refused(Permission.MEMBER_MANAGE)
    organization = Organization.objects.select_for_update().get(pk=membership.organization_id)
    _check(membership, reason)
    require_looked_at({"reason": reason}, has_looked=has_looked)
    handover = Handover.objects.create(
        organization=organization,
        membership=membership,
        reason=reason.strip(),
        effective_at=timezone.now() + NOTICE,
    )
    _record(actor, "handover.announced", handover)
    tell_members(
        actor,
        organization_id=organization.pk,
        compose=lambda: _letter(organization, handover),
    )
    return handover


@transaction.atomic
def cancel_handover(actor: Actor, *, handover: Handover) -> None:
    """Call a handover off, as an owner or the operator. Doing it twice changes nothing.

    Raises:
        Refused: the actor is no owner of this organization.
        ValidationError: `done` where it has taken effect.
    """
    require(actor, Permission.MEMBER_MANAGE, handover)
    if actor.purpose is None and role_of(actor) is not Role.OWNER:
        raise Refused(Permission.MEMBER_MANAGE)
    present = Handover.objects.select_for_update().get(pk=handover.pk)
    if present.done_at is not None:
        raise ValidationError(_("The handover has taken effect already."), code="done")
    if present.cancelled_at is None:
        Handover.objects.filter(pk=present.pk).update(cancelled_at=timezone.now())
        _record(actor, "handover.cancelled", present)


def finish_handovers(actor: Actor) -> int:
    """Make owners of those whose 7 days of notice have passed; how many there were.

    For the worker, as the operator. Each in a transaction of its own; running it twice changes
    nothing. Where the member has left meanwhile, the handover is called off.

    Raises:
        ValueError: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator hands over")
    with acting(actor):
        due = list(_open().filter(effective_at__lte=timezone.now()).values_list("pk", flat=True))
    return sum(_finish(actor, pk) for pk in due)


def _finish(actor: Actor, handover_id: UUID) -> bool:
    with acting(actor):
        handover = _open().select_for_update(of=("self",)).filter(pk=handover_id).first()
        if handover is None:
            return False
        membership = handover.membership
        if membership.ended_at is not None:
            Handover.objects.filter(pk=handover.pk).update(cancelled_at=timezone.now())
            _record(actor, "handover.cancelled", handover)
            return False
        Handover.objects.filter(pk=handover.pk).update(done_at=timezone.now())
        grant_membership(
            actor,
            organization=membership.organization,
            person=membership.person,
            role=Role.OWNER,
        )
        _record(actor, "handover.done", handover)
    return True


def _open() -> QuerySet[Handover]:
    return Handover.objects.select_related(
        "membership__organization", "membership__person"
    ).filter(done_at=None, cancelled_at=None)


def _belongs(steward: Person | None, membership: Membership) -> bool:
    """Whether a steward would decide on a group of their own."""
    return (
        steward is not None
        and Membership.objects.filter(
            organization_id=membership.organization_id, person=steward, ended_at=None
        ).exists()
    )


def _check(membership: Membership, reason: str) -> None:
    if not reason.strip() or len(reason.strip()) > MAX_REASON:
        raise ValidationError(
            _("Give the members a reason, in %(limit)d characters at most."),
            code="reason",
            params={"limit": MAX_REASON},
        )
    validate_plain_text(reason)
    if membership.ended_at is not None:
        raise ValidationError(
            _("This person does not belong to the group any more."), code="ended"
        )
    if membership.role == Role.OWNER:
        raise ValidationError(_("This person is an owner already."), code="owner")
    if _open().filter(organization_id=membership.organization_id).exists():
        raise ValidationError(_("A handover of this group is announced already."), code="open")


def _letter(organization: Organization, handover: Handover) -> Letter:
    words = isolated(
        {
            "group": organization.name,
            "day": written_day(timezone.localdate(handover.effective_at)),
            "reason": handover.reason,
        }
    )
    return Letter(
        subject=gettext("%(group)s gets a new owner") % words,
        paragraphs=(
            gettext(
                "The stewards of this site hand %(group)s over to one of its members, who becomes "
                "an owner on %(day)s."
            )
            % words,
            gettext("The reason they give: %(reason)s") % words,
            gettext("An owner of the group can call this off until then."),
        ),
        link=settings_address(organization),
        label=gettext("Look at it"),
    )


def _record(actor: Actor, verb: str, handover: Handover) -> None:
    record(
        actor,
        verb,
        organization_id=handover.organization_id,
        object_kind="handover",
        object_id=handover.pk,
    )
