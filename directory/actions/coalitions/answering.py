"""Answering an ask: only the side that was asked can."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.coalition_cards import renew_card, show_coalitions
from directory.actions.coalitions.letters import accepted_letter, refused_letter
from directory.actions.coalitions.sides import (
    present_membership,
    record_both,
    require_free,
    slugs_of,
    tell_coordinators,
)
from directory.actions.stating.authors import be_known
from network.models import CoalitionMembership
from network.tenancy import Actor


@transaction.atomic
def accept_membership(actor: Actor, *, membership: CoalitionMembership) -> CoalitionMembership:
    """The membership, agreed; public at once on both pages. Accepting it twice changes nothing.

    Raises:
        Refused: the actor's role does not carry it.
        CoalitionMembership.DoesNotExist: the organization acted for is on neither side.
        ValidationError: `own` ask, `over`, or `resting` where one of both is frozen.
    """
    present, pair = present_membership(actor, membership)
    if present.is_agreed:
        return present
    _check_answer(actor, present)
    require_free(pair)
    be_known(actor, pair.own)
    present.agreed_at = timezone.now()
    present.save(update_fields=["agreed_at"])
    record_both(actor, "coalition.accepted", present, slugs_of(pair))
    show_coalitions(actor, [present.organization_id])
    renew_card(actor, present.coalition_id)
    name = pair.own.name
    tell_coordinators(actor, pair.other, lambda address: accepted_letter(name, address))
    return present


@transaction.atomic
def refuse_membership(actor: Actor, *, membership: CoalitionMembership) -> CoalitionMembership:
    """The ask, refused: the same side can ask again after 30 days. Twice changes nothing.

    Raises:
        Refused: the actor's role does not carry it.
        CoalitionMembership.DoesNotExist: the organization acted for is on neither side.
        ValidationError: `own` ask, or `over`.
    """
    present, pair = present_membership(actor, membership)
    if present.refused_at is not None:
        return present
    _check_answer(actor, present)
    present.refused_at = timezone.now()
    present.save(update_fields=["refused_at"])
    record_both(actor, "coalition.refused", present, slugs_of(pair))
    name = pair.own.name
    tell_coordinators(actor, pair.other, lambda address: refused_letter(name, address))
    return present


def _check_answer(actor: Actor, present: CoalitionMembership) -> None:
    if not present.is_open:
        raise ValidationError(_("This ask is over. Ask anew if you like."), code="over")
    if present.asked_by == present.side_of(actor.acted_for):
        raise ValidationError(_("You asked this yourself. The other side answers it."), code="own")
