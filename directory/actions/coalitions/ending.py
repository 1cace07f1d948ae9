"""Ending: by either side at once, and by the system when a side goes."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.coalition_cards import renew_card, show_coalitions
from directory.actions.coalitions.letters import ended_letter
from directory.actions.coalitions.sides import (
    Pair,
    pair_of,
    present_membership,
    record_both,
    record_in,
    require_free,
    slugs_of,
    tell_coordinators,
)
from directory.models import ProgramGrant
from network.enums import CoalitionSide
from network.models import CoalitionMembership
from network.permissions import Permission, Refused, require
from network.queries.coalitions import AGREED, OPEN
from network.queries.groups import group_name
from network.tenancy import Actor, Purpose, acting, system


@transaction.atomic
def end_coalition_membership(
    actor: Actor, *, membership: CoalitionMembership
) -> CoalitionMembership:
    """The membership, ended at once; or one's own ask, taken back. Twice changes nothing.

    Leave to edit texts that was given through it ends in the same transaction, and both public
    pages name each other no more.

    Raises:
        Refused: the actor's role does not carry it.
        CoalitionMembership.DoesNotExist: the organization acted for is on neither side.
        ValidationError: `unanswered` where the other side asked, `over` where it was refused,
            `resting` where one of both is locked down.
    """
    present, pair = present_membership(actor, membership)
    side = present.side_of(actor.acted_for)
    if present.ended_at is not None:
        return present
    if present.refused_at is not None:
        raise ValidationError(_("This ask is over. Ask anew if you like."), code="over")
    if present.is_open and present.asked_by != side:
        raise ValidationError(_("Accept or refuse what you were asked."), code="unanswered")
    if present.is_agreed and (pair.own.locked_down_at or pair.other.locked_down_at):
        require_free(pair)
    _end(actor, present, pair, side)
    return present


@transaction.atomic
def end_memberships_of(actor: Actor, *, organization_id: UUID) -> int:
    """End every ask and membership of an organization, on either side; how many there were.

    For the operator: the organization leaves, or is of another kind from now on.

    Raises:
        Refused: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise Refused(Permission.COALITION_MANAGE)
    require(actor, Permission.COALITION_MANAGE)
    with acting(system(Purpose.OPERATOR, via=actor.via)) as eyes:
        either = Q(coalition_id=organization_id) | Q(organization_id=organization_id)
        rows = CoalitionMembership.objects.filter(either, AGREED | OPEN).order_by("pk")
        found = [_end_one(eyes, membership, organization_id) for membership in rows]
    return sum(found)


def _end_one(eyes: Actor, membership: CoalitionMembership, organization_id: UUID) -> bool:
    # Both organizations first, as everywhere: whoever locks the row first would wait for ever.
    pair = pair_of(eyes, organization_id, membership.other_of(organization_id))
    rows = CoalitionMembership.objects.select_for_update().filter(AGREED | OPEN)
    present = rows.filter(pk=membership.pk).first()
    if present is not None:
        _end(eyes, present, pair, None)
    return present is not None


def _end(
    actor: Actor, membership: CoalitionMembership, pair: Pair, side: CoalitionSide | None
) -> None:
    was_agreed = membership.is_agreed
    membership.ended_at = timezone.now()
    membership.ended_by = side or ""
    membership.save(update_fields=["ended_at", "ended_by"])
    verb = "coalition.ended" if was_agreed else "coalition.taken_back"
    record_both(actor, verb, membership, slugs_of(pair))
    if not was_agreed:
        return
    _revoke_grants(actor, membership, slugs_of(pair))
    show_coalitions(actor, [membership.organization_id])
    renew_card(actor, membership.coalition_id)
    name = pair.own.name
    tell_coordinators(actor, pair.other, lambda address: ended_letter(name, address))


def _revoke_grants(actor: Actor, membership: CoalitionMembership, slugs: dict[UUID, str]) -> None:
    """Take back all leave to edit texts that the coalition had from the organization."""
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        grants = ProgramGrant.objects.filter(
            organization_id=membership.organization_id,
            group__name=group_name(membership.coalition_id),
        )
        programs = list(grants.order_by("pk").values_list("content_object_id", flat=True))
        grants.delete()
    for program in programs:
        for organization_id in (membership.organization_id, membership.coalition_id):
            record_in(
                actor,
                organization_id,
                "program.texts_revoked",
                object_kind="program",
                object_id=program,
                coalition=slugs[membership.coalition_id],
                group=slugs[membership.other_of(organization_id)],
            )
