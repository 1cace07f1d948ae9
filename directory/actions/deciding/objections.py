"""Objections to a claim: dismissed with a reason, or upheld, and then the claim is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from directory.actions.deciding.claiming import give_back
from directory.actions.deciding.common import (
    ConflictOfInterest,
    desk_address,
    hand_of,
    log,
    tell_applicant,
)
from directory.actions.suppression import suppress_listing
from directory.actions.withdrawals import withdraw_organization
from directory.enums import ObjectionState
from directory.models import Application, ClaimedEntry, Listing, Objection
from directory.queries.deciding import is_conflicted
from network.actions.letters import Letter, isolated
from network.actions.mail import send_letter
from network.actions.suspending import checked_reason, suspend_organization
from network.enums import OrganizationStatus
from network.events import VerificationEnded, publish
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system


@transaction.atomic
def dismiss_objection(
    actor: Actor, *, objection: Objection, reason: str, has_looked: bool = False
) -> Objection:
    """Leave the claim as it is; who objected is told the reason where they left an address.

    Doing it twice changes nothing; the address is emptied. `has_looked` says that nobody in
    detention can be recognised by the reason.

    Raises:
        Refused: the actor is no steward, or has a conflict of interest.
        ValidationError: by field, `reason`; `identifies` where `has_looked` must answer.
    """
    present, application = _locked(actor, objection)
    if present.state != ObjectionState.OPEN:
        return present
    text = checked_reason(reason, has_looked=has_looked)
    _answer(actor, present, lambda: _dismissed_letter(application, text))
    _decide(actor, present, ObjectionState.DISMISSED, text)
    log(actor, "objection.dismissed", application)
    return present


@transaction.atomic
def uphold_objection(
    actor: Actor,
    *,
    objection: Objection,
    reason: str,
    is_suspended: bool = False,
    is_suppressed: bool = False,
    has_looked: bool = False,
) -> Objection:
    """Undo the claim: the entry is as the source gave it, or off for good with `is_suppressed`.

    The group is no longer verified and has no public page: back to applied, or suspended with
    `is_suspended`. Its working copies stay with it. Both sides are told, both logs say so. Doing
    it twice changes nothing. `has_looked` says that nobody in detention can be recognised by the
    reason.

    Raises:
        Refused: the actor is no steward, or has a conflict of interest.
        ValidationError: by field, `reason`; `identifies` where `has_looked` must answer.
    """
    present, application = _locked(actor, objection)
    if present.state != ObjectionState.OPEN:
        return present
    text = checked_reason(reason, has_looked=has_looked)
    _undo(actor, application, is_suppressed=is_suppressed)
    _answer(actor, present, lambda: _upheld_letter(application, text))
    _decide(actor, present, ObjectionState.UPHELD, text)
    log(actor, "objection.upheld", application)
    tell_applicant(actor, application, lambda: _undone_letter(application, text))
    if is_suspended:
        group = application.organization
        suspend_organization(actor, organization=group, reason=text, has_looked=True)
    return present


def _locked(actor: Actor, objection: Objection) -> tuple[Objection, Application]:
    require(actor, Permission.REPORT_DECIDE)
    present = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    application = Application.objects.select_related("organization").get(pk=present.application_id)
    if is_conflicted(actor, application):
        raise ConflictOfInterest(Permission.REPORT_DECIDE)
    return present, application


def _decide(actor: Actor, objection: Objection, state: ObjectionState, reason: str) -> None:
    objection.state, objection.reason, objection.email = state, reason, ""
    objection.decided_by, objection.decided_at = actor.someone, timezone.now()
    objection.save(update_fields=["state", "reason", "email", "decided_by", "decided_at"])


def _undo(actor: Actor, application: Application, *, is_suppressed: bool) -> None:
    hand = hand_of(actor, application)
    with acting(hand):
        entry = ClaimedEntry.objects.filter(application=application, undone_at=None).first()
        if entry is not None:
            give_back(hand, entry=entry, is_suppressed=is_suppressed)
        Organization.objects.filter(
            pk=application.organization_id, status=OrganizationStatus.VERIFIED
        ).update(status=OrganizationStatus.APPLIED, verified_on=None, verification=None)
        publish(VerificationEnded(application.organization_id))
    with acting(system(Purpose.OPERATOR, via=actor.via)) as wide:
        # What else it published in its few days goes too: it is no verified group any more.
        withdraw_organization(wide, organization_id=application.organization_id)
        off = is_suppressed and application.listing_slug
        if off and not Listing.objects.filter(slug=off).exists():
            suppress_listing(wide, slug=off, reason="objection")


def _answer(actor: Actor, objection: Objection, compose: Callable[[], Letter]) -> None:
    if objection.email:
        send_letter(actor, to=objection.email, language=objection.language, compose=compose)


def _words(application: Application, reason: str) -> dict[str, Any]:
    return isolated({"group": application.organization.name, "reason": reason})


def _dismissed_letter(application: Application, reason: str) -> Letter:
    return _letter_to_objector(
        gettext("Your objection was read"),
        gettext("You objected to %(group)s taking an entry over. It stays with them."),
        _words(application, reason),
    )


def _upheld_letter(application: Application, reason: str) -> Letter:
    return _letter_to_objector(
        gettext("Your objection was upheld"),
        gettext("You objected to %(group)s taking an entry over. That was undone."),
        _words(application, reason),
    )


def _letter_to_objector(subject: str, decided: str, words: dict[str, Any]) -> Letter:
    return Letter(
        subject=subject,
        paragraphs=(
            decided % words,
            gettext("The reason that the stewards give: %(reason)s") % words,
            gettext("Your address was deleted with this mail."),
        ),
    )


def _undone_letter(application: Application, reason: str) -> Letter:
    words = _words(application, reason)
    return Letter(
        subject=gettext("%(group)s: an objection was upheld") % words,
        paragraphs=(
            gettext(
                "Somebody objected to %(group)s taking an entry over, and the stewards agreed. "
                "The entry is not yours any more, and your group is not verified any more."
            )
            % words,
            gettext("The reason they give: %(reason)s") % words,
            gettext("What you wrote stays at your desk. You may apply again."),
        ),
        link=desk_address(application),
        label=gettext("To the desk"),
    )
