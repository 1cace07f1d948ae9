"""Asking: a group asks a coalition, or a coalition invites a group."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from directory.actions.coalitions.letters import asked_letter
from directory.actions.coalitions.sides import (
    Pair,
    pair_of,
    record_both,
    slugs_of,
    tell_coordinators,
)
from directory.actions.stating.authors import be_known
from directory.queries.coalitions import cards_to_ask, side_of
from network.enums import CoalitionSide, OrganizationStatus
from network.models import AuditEntry, CoalitionMembership, Organization
from network.permissions import Permission, require
from network.tenancy import Actor

# After a no the same side waits this long before it asks again.
REST = dt.timedelta(days=30)
ASKS_A_DAY = 20


@transaction.atomic
def ask_membership(actor: Actor, *, slug: str) -> CoalitionMembership:
    """An ask that the other side accepts or refuses; its coordinators are told by mail.

    A group asks a coalition, a coalition invites a group. Only what has a public card here can
    be asked: any other slug, whatever stands behind it, is the same `missing`. Whoever asks gets
    a public card where it had none.

    Raises:
        Refused: the actor's role does not carry it.
        ValidationError: `unverified`, `missing`, `open` where an ask is, `agreed` where they
            belong together, `refused` within 30 days after a no, `too_many` a day.
    """
    require(actor, Permission.COALITION_MANAGE)
    own = Organization.objects.get(pk=actor.acted_for)
    if own.status != OrganizationStatus.VERIFIED:
        raise ValidationError(
            _("A group can belong to a coalition once it is verified."), code="unverified"
        )
    pair = _pair(actor, own, slug)
    side = side_of(pair.own)
    membership = CoalitionMembership(asked_by=side, **_columns(pair, side))
    _check_pair(membership)
    _check_cap(actor.acted_for)
    be_known(actor, pair.own)
    membership.save(force_insert=True)
    record_both(actor, "coalition.asked", membership, slugs_of(pair))
    asking, asked = pair.own.name, pair.other.name
    tell_coordinators(
        actor, pair.other, lambda address: asked_letter(side, asking, asked, address)
    )
    return membership


def _pair(actor: Actor, own: Organization, slug: str) -> Pair:
    """Both sides under lock.

    Raises:
        ValidationError: `missing`; the same for whatever cannot be asked.
    """
    card = cards_to_ask(own).filter(slug=slug.strip().casefold()).first()
    pair = pair_of(actor, own.pk, card.pk) if card else None
    is_verified = pair is not None and pair.other.status == OrganizationStatus.VERIFIED
    if pair is None or not is_verified or side_of(pair.own) == side_of(pair.other):
        raise ValidationError(
            _("There is nobody of this name to ask. Choose from those that are found here."),
            code="missing",
        )
    return pair


def _columns(pair: Pair, side: CoalitionSide) -> dict[str, UUID]:
    if side == CoalitionSide.COALITION:
        return {"coalition_id": pair.own.pk, "organization_id": pair.other.pk}
    return {"coalition_id": pair.other.pk, "organization_id": pair.own.pk}


def _check_pair(wanted: CoalitionMembership) -> None:
    """Refuse a second ask of the same two, and one soon after a no.

    Raises:
        ValidationError: `agreed`, `open` or `refused`.
    """
    rows = CoalitionMembership.objects.filter(
        coalition_id=wanted.coalition_id, organization_id=wanted.organization_id
    )
    present = rows.filter(refused_at=None, ended_at=None).first()
    if present is not None and present.is_agreed:
        raise ValidationError(_("You belong together already."), code="agreed")
    if present is not None:
        raise ValidationError(
            _("An ask between you is open already. Whoever was asked answers it."), code="open"
        )
    no = rows.filter(asked_by=wanted.asked_by, refused_at__gt=timezone.now() - REST).last()
    if no is not None and no.refused_at is not None:
        raise ValidationError(
            _("They declined not long ago. You can ask again from %(day)s on."),
            code="refused",
            params={"day": date_format((no.refused_at + REST).date())},
        )


def _check_cap(organization_id: UUID) -> None:
    """Refuse what would be one mail too many; a day is the last 24 hours.

    Raises:
        ValidationError: `too_many`.
    """
    # What others asked stands in this log, too; their entries name no person.
    sent = AuditEntry.objects.filter(
        organization_id=organization_id,
        verb="coalition.asked",
        person__isnull=False,
        created_at__gt=timezone.now() - dt.timedelta(days=1),
    ).count()
    if sent >= ASKS_A_DAY:
        raise ValidationError(
            _("A group can ask %(limit)d times a day. Ask this one tomorrow."),
            code="too_many",
            params={"limit": ASKS_A_DAY},
        )
