"""Refusing an application, with a reason that the applicant reads."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from directory.actions.deciding.common import (
    DecidedMeanwhile,
    desk_address,
    forget_addresses,
    locked,
    log,
    save,
    tell_applicant,
)
from directory.enums import ApplicationState
from directory.models import Application
from network.actions.letters import Letter, isolated
from network.actions.suspending import checked_reason
from network.tenancy import Actor


@transaction.atomic
def refuse(
    actor: Actor,
    *,
    application: Application,
    base_version: int,
    reason: str,
    has_looked: bool = False,
) -> Application:
    """Refuse an application; the applicant is told the reason and may apply again.

    Refusing it twice changes nothing. One steward suffices. `has_looked` says that
    nobody in detention can be recognised by the reason.

    Raises:
        Refused: the actor is no steward, or has a conflict of interest.
        DecidedMeanwhile: it changed since it was read, or is approved.
        ValidationError: by field, `reason`; `identifies` where `has_looked` must answer.
    """
    present = locked(actor, application)
    if present.state == ApplicationState.REFUSED:
        return present
    is_open = present.state in (ApplicationState.WAITING, ApplicationState.ASKED)
    if not is_open or present.version != base_version:
        raise DecidedMeanwhile(present)
    text = checked_reason(reason, has_looked=has_looked)
    save(
        present,
        state=ApplicationState.REFUSED,
        reason=text,
        decided_by=actor.someone,
        second_by=None,
        decided_at=timezone.now(),
    )
    forget_addresses(actor, present)
    log(actor, "application.refused", present)
    tell_applicant(actor, present, lambda: _letter(present))
    return present


def _letter(application: Application) -> Letter:
    words = isolated({"group": application.organization.name, "reason": application.reason})
    return Letter(
        subject=gettext("%(group)s was not approved") % words,
        paragraphs=(
            gettext("The stewards of this site did not approve %(group)s.") % words,
            gettext("The reason they give: %(reason)s") % words,
            gettext("You may apply again once this has changed. Nothing of it was ever public."),
        ),
        link=desk_address(application),
        label=gettext("To the desk"),
    )
