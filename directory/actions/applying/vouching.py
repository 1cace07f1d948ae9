"""Asking groups to vouch, and what they answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.applying.letters import asked_letter, vouched_letter
from directory.enums import ApplicationState, VouchState
from directory.models import Application, OrganizationCard, Vouch
from directory.queries.application_answers import missing_answers
from directory.queries.program_checks import plain_at
from directory.queries.vouches import MOST_ASKED
from network.actions.audit import record
from network.actions.notices import tell_members
from network.enums import OrganizationStatus, Role
from network.identifying import require_looked_at
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system

LONGEST_MESSAGE, LONGEST_STATEMENT = 400, 2000
_READERS = (Role.COORDINATOR, Role.OWNER)


@transaction.atomic
def ask_vouch(
    actor: Actor,
    *,
    application: Application,
    card: OrganizationCard,
    message: str,
    has_looked: bool = False,
) -> Vouch:
    """Ask a verified group of this node to vouch; its coordinators and owners get a mail.

    From now on that group reads the answers, see `shown_to_vouchers`. Asking twice changes
    nothing. `has_looked` says that nobody in detention can be recognised by the message.

    Raises:
        Refused: the actor may not write the application.
        ValidationError: `message`; `closed`; `incomplete` before all is answered; `many` beyond
            five groups; `group` where this one cannot vouch; `identifies` where `has_looked` must
            answer.
    """
    require(actor, Permission.APPLICATION_WRITE, application)
    rows = Application.objects.select_for_update(of=("self",)).select_related("organization")
    present = rows.get(pk=application.pk)
    _check_open(present)
    if missing_answers(present):
        raise ValidationError(
            _("Answer the questions first: the groups that you ask read them."), code="incomplete"
        )
    asked = Vouch.objects.beyond_scope().filter(application=present)
    if same := asked.filter(organization_id=card.pk).first():
        return same
    if asked.count() >= MOST_ASKED:
        raise ValidationError(_("You have asked five groups already."), code="many")
    is_foreign = card.origin_id is not None or card.verified_since is None
    if is_foreign or card.pk == present.organization_id:
        raise ValidationError(_("This group cannot vouch for you."), code="group")
    said = plain_at("message", message, LONGEST_MESSAGE)
    require_looked_at({"message": said}, has_looked=has_looked)
    vouch = Vouch(
        organization_id=card.pk,
        applicant_id=present.organization_id,
        application=present,
        message=said,
    )
    vouch.save(force_insert=True)
    record(actor, "vouch.asked", object_kind="vouch", object_id=vouch.pk)
    name = present.organization.name
    tell_members(
        actor,
        organization_id=card.pk,
        roles=_READERS,
        compose=lambda: asked_letter(card.slug, name),
    )
    return vouch


@transaction.atomic
def give_vouch(actor: Actor, *, vouch: Vouch, statement: str, has_looked: bool = False) -> None:
    """Vouch for the group that asked; it and the stewards read the statement.

    `has_looked` says that nobody in detention can be recognised by it.

    Raises:
        Refused: the actor may not vouch for their group.
        ValidationError: `statement`; `closed`; `answered`; `unverified`; `identifies` where
            `has_looked` must answer.
    """
    present = _locked(actor, vouch, (VouchState.ASKED, VouchState.GIVEN))
    if present.state == VouchState.GIVEN:
        return
    group = Organization.objects.get(pk=present.organization_id)
    if group.status != OrganizationStatus.VERIFIED:
        raise ValidationError(_("Only verified groups vouch for others."), code="unverified")
    said = plain_at("statement", statement, LONGEST_STATEMENT, lines=True)
    if not said:
        raise ValidationError({"statement": [_("Write how you know each other.")]})
    require_looked_at({"statement": said}, has_looked=has_looked)
    changes = {"statement": said, "given_by": actor.someone, "given_at": timezone.now()}
    _answer(actor, present, VouchState.GIVEN, **changes)


@transaction.atomic
def decline_vouch(actor: Actor, *, vouch: Vouch) -> None:
    """Decline to vouch, without a reason. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not vouch for their group.
        ValidationError: `closed`; `answered`.
    """
    present = _locked(actor, vouch, (VouchState.ASKED, VouchState.DECLINED))
    if present.state != VouchState.DECLINED:
        _answer(actor, present, VouchState.DECLINED, ended_at=timezone.now())


@transaction.atomic
def withdraw_vouch(actor: Actor, *, vouch: Vouch) -> None:
    """Take a vouch back while nothing is decided. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not vouch for their group.
        ValidationError: `closed`; `answered` where none was given.
    """
    present = _locked(actor, vouch, (VouchState.GIVEN, VouchState.WITHDRAWN))
    if present.state != VouchState.WITHDRAWN:
        _answer(actor, present, VouchState.WITHDRAWN, ended_at=timezone.now())


def _locked(actor: Actor, vouch: Vouch, states: tuple[VouchState, ...]) -> Vouch:
    require(actor, Permission.VOUCH_GIVE, vouch)
    present = Vouch.objects.select_for_update().get(pk=vouch.pk)
    present.application = Application.objects.beyond_scope().get(pk=present.application_id)
    _check_open(present.application)
    if present.state not in states:
        raise ValidationError(_("Your group has answered already."), code="answered")
    return present


def _check_open(application: Application) -> None:
    if not ApplicationState(application.state).is_open:
        raise ValidationError(_("The stewards have decided already."), code="closed")


def _answer(actor: Actor, vouch: Vouch, state: VouchState, **changes: Any) -> None:
    vouch.state = state
    for name, value in changes.items():
        setattr(vouch, name, value)
    vouch.save(update_fields=["state", *changes])
    record(actor, f"vouch.{state}", object_kind="vouch", object_id=vouch.pk)
    name = str(vouch.application.answers.get("name", ""))
    slug, voucher = _names(vouch)
    tell_members(
        actor,
        organization_id=vouch.applicant_id,
        roles=_READERS,
        compose=lambda: vouched_letter(slug, name, voucher),
    )


def _names(vouch: Vouch) -> tuple[str, str]:
    """The applicant's address, which its voucher cannot read, and the voucher's name."""
    with acting(system(Purpose.OPERATOR), is_reading=True):
        slug = Organization.objects.values_list("slug", flat=True).get(pk=vouch.applicant_id)
        name = Organization.objects.values_list("name", flat=True).get(pk=vouch.organization_id)
    return slug, name
