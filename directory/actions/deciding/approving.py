"""Approving an application: by whom it must be, and what follows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import publish_card
from directory.actions.deciding.claiming import take_over
from directory.actions.deciding.common import (
    DecidedMeanwhile,
    desk_address,
    forget_addresses,
    hand_of,
    locked,
    log,
    save,
    tell_applicant,
)
from directory.enums import ApplicationKind, ApplicationState
from directory.models import Application
from directory.queries.deciding import Dossier, dossier_of, listing_is_free
from directory.validators import validate_readable_text
from network.actions.letters import Letter, isolated
from network.enums import OrganizationStatus
from network.identifying import require_looked_at
from network.models import Organization
from network.tenancy import Actor, acting

MAX_PUBLIC_REASON = 200


@transaction.atomic
def approve(
    actor: Actor,
    *,
    application: Application,
    base_version: int,
    public_reason: str = "",
    has_looked: bool = False,
) -> Application:
    """The application, approved; or with a first approval, where a second steward must agree.

    On a node with fewer than five verified groups two stewards decide, or one with a reason that
    is shown in public. On others one does, for a new group with two independent vouches or a
    public reason. A claim wants a proof by mail or two vouches in any case. Doing it twice changes
    nothing. Then the group is verified, its card is public, of a claim its program too, and the
    applicant is told. `has_looked` says that nobody in detention can be recognised by the reason.

    Raises:
        Refused: the actor is no steward, or has a conflict of interest.
        DecidedMeanwhile: it changed since it was read, or is refused.
        ValidationError: `evidence` where a claim is not proved, `gone` where its entry is taken;
            by field, `public_reason`, where one is wanted or cannot be shown; `identifies` where
            `has_looked` must answer.
    """
    present = locked(actor, application)
    if present.state == ApplicationState.APPROVED or _is_own_first(actor, present):
        return present
    if present.state != ApplicationState.WAITING or present.version != base_version:
        raise DecidedMeanwhile(present)
    dossier = dossier_of(actor, present)
    reason = _checked(dossier, public_reason)
    require_looked_at({"public_reason": reason}, has_looked=has_looked)
    if dossier.wants_second and not reason:
        save(present, decided_by=actor.someone)
        log(actor, "application.first_approval", present)
        return present
    first = present.decided_by
    save(
        present,
        state=ApplicationState.APPROVED,
        public_reason=reason,
        decided_by=first or actor.someone,
        second_by=actor.someone if first else None,
        decided_at=timezone.now(),
    )
    log(actor, "application.approved", present)
    _verify(actor, present, _verification(dossier, reason, stewards=2 if first else 1))
    forget_addresses(actor, present)
    tell_applicant(actor, present, lambda: _letter(present))
    return present


def _is_own_first(actor: Actor, application: Application) -> bool:
    """Whether the actor approved it already and another steward is waited for."""
    waits = application.state == ApplicationState.WAITING
    return waits and application.decided_by == actor.someone


def _checked(dossier: Dossier, public_reason: str) -> str:
    """The public reason, trimmed.

    Raises:
        ValidationError: what this decision lacks.
    """
    application = dossier.application
    if dossier.lacks_evidence:
        raise ValidationError(
            _(
                "Nothing proves this claim yet: it needs a mail to the entry's own website, or two"
                " independent vouches."
            ),
            code="evidence",
        )
    if application.kind == ApplicationKind.CLAIM and not listing_is_free(application):
        raise ValidationError(_("This entry was taken over or taken off meanwhile."), code="gone")
    reason = public_reason.strip()
    try:
        if dossier.wants_reason and not reason:
            raise ValidationError(
                _("Fewer than two independent groups vouched. Give a reason that all may read.")
            )
        if len(reason) > MAX_PUBLIC_REASON:
            raise ValidationError(
                _("Shorten this to %(limit)d characters; it has %(number)d."),
                params={"limit": MAX_PUBLIC_REASON, "number": len(reason)},
            )
        validate_readable_text(reason)
    except ValidationError as error:
        raise ValidationError({"public_reason": error}) from error
    return reason


def _verification(dossier: Dossier, reason: str, *, stewards: int) -> dict[str, Any]:
    """How the group was verified, as its page says it."""
    if dossier.is_vouched:
        return {"groups": [one.vouch.organization.name for one in dossier.vouches if one.counts]}
    return {"reason": reason} if reason else {"stewards": stewards}


def _verify(actor: Actor, application: Application, how: dict[str, Any]) -> None:
    """Verify the group, publish its card, and of a claim its program."""
    with acting(hand_of(actor, application)) as hand:
        group = Organization.objects.select_for_update().get(pk=application.organization_id)
        if group.status != OrganizationStatus.APPLIED:
            raise DecidedMeanwhile(application)
        group.status = OrganizationStatus.VERIFIED
        group.verified_on = timezone.localdate()
        group.verification = how
        group.version += 1
        group.save(
            update_fields=["status", "verified_on", "verification", "version", "updated_at"]
        )
        publish_card(hand, organization=group)
        if application.kind == ApplicationKind.CLAIM:
            take_over(hand, application=application)


def _letter(application: Application) -> Letter:
    words = isolated({"group": application.organization.name})
    paragraphs = [gettext("The stewards of this site approved %(group)s.") % words]
    if application.kind == ApplicationKind.CLAIM:
        paragraphs.append(
            gettext(
                "The entry is yours: its page says so for 14 days, in which anybody may object. "
                "Its texts are at your desk as the source gave them. Read them first."
            )
        )
    else:
        paragraphs.append(
            gettext("Your group has a public page now. Write your program and publish it.")
        )
    return Letter(
        subject=gettext("%(group)s is approved") % words,
        paragraphs=tuple(paragraphs),
        link=desk_address(application),
        label=gettext("To the desk"),
    )
