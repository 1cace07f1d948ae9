"""A steward asks to look at one group's desk; an owner allows it, for a while, or does not."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.enums import Role
from network.identifying import require_looked_at
from network.models import Organization, SupportSession
from network.models.support_session import LONGEST_MINUTES
from network.permissions import Permission, require, require_unconflicted
from network.queries.support import open_support
from network.tenancy import Actor, Purpose, acting, steward, system
from network.validators import validate_plain_text

ANSWER_WITHIN = dt.timedelta(days=7)
MAX_REASON = 300


@transaction.atomic
def ask_for_support(
    actor: Actor,
    *,
    organization: Organization,
    reason: str,
    minutes: int,
    has_looked: bool = False,
) -> SupportSession:
    """Ask a group's owners for a look at its desk; they are told by mail, with the reason.

    Nothing can be seen before one of them allows it. It is written into the group's log.
    `has_looked` says that nobody in detention can be recognised by the reason.

    Raises:
        Refused: the actor is no steward, or belongs to the group.
        ValidationError: by field: `reason`, `minutes`; `open` where one was asked for already;
            `identifies` where `has_looked` must answer.
    """
    require_unconflicted(actor, Permission.SUPPORT_OPEN, organization)
    _check(reason, minutes)
    require_looked_at({"reason": reason}, has_looked=has_looked)
    end_overdue(actor, organization=organization)
    if SupportSession.objects.filter(organization=organization, ended_at=None).exists():
        raise ValidationError(_("A look at this desk was asked for already."), code="open")
    session = SupportSession.objects.create(
        organization=organization,
        steward_id=actor.someone,
        reason=reason.strip(),
        minutes=minutes,
        expires_at=timezone.now() + ANSWER_WITHIN,
    )
    _record(actor, "support.asked", session, minutes=minutes)
    tell_members(
        actor,
        organization_id=organization.pk,
        roles=(Role.OWNER,),
        compose=lambda: _letter(organization, session),
    )
    return session


@transaction.atomic
def answer_support(actor: Actor, *, session: SupportSession, is_allowed: bool) -> None:
    """Allow a steward to look from now on for as long as they asked, or refuse it.

    Raises:
        Refused: the actor is no owner of the group.
        ValidationError: `over`, where it was answered or is not waited for any more.
    """
    require(actor, Permission.SUPPORT_ALLOW, session)
    present = SupportSession.objects.select_for_update().get(pk=session.pk)
    now = timezone.now()
    if present.answered_at or present.ended_at or present.expires_at <= now:
        raise ValidationError(_("This was answered already, or is over."), code="over")
    present.answered_by, present.answered_at = actor.someone, now
    if is_allowed:
        present.ends_at = now + dt.timedelta(minutes=present.minutes)
    else:
        present.ended_at = now
    present.save()
    _record(actor, "support.allowed" if is_allowed else "support.refused", present)


@transaction.atomic
def end_support(actor: Actor, *, session: SupportSession) -> None:
    """End a session or take the wish back, from either side. Doing it twice changes nothing.

    Raises:
        Refused: the actor is neither an owner of the group nor the steward who asked.
    """
    if actor.purpose is Purpose.STEWARD and session.steward_id == actor.person_id:
        require(actor, Permission.SUPPORT_OPEN)
    else:
        require(actor, Permission.SUPPORT_ALLOW, session)
    open_ = SupportSession.objects.filter(pk=session.pk, ended_at=None)
    if open_.update(ended_at=timezone.now()):
        _record(actor, "support.ended", session)


@transaction.atomic
def note_support_view(actor: Actor, *, page: str) -> None:
    """Write into the group's log which page of its desk a steward has opened."""
    record(
        steward(actor.someone, via=actor.via),
        "support.viewed",
        organization_id=actor.acted_for,
        object_kind="page",
        page=page,
    )


def end_overdue(actor: Actor, *, organization: Organization) -> None:
    """Close what nobody answered in time or whose time is over, so that it can be asked anew."""
    eyes = system(Purpose.OPERATOR, via=actor.via, organization_id=organization.pk)
    with acting(eyes):
        rows = SupportSession.objects.filter(ended_at=None)
        kept = open_support(rows).values_list("pk", flat=True)
        rows.exclude(pk__in=list(kept)).update(ended_at=timezone.now())


def _check(reason: str, minutes: int) -> None:
    errors: dict[str, ValidationError] = {}
    if not reason.strip() or len(reason.strip()) > MAX_REASON:
        errors["reason"] = ValidationError(
            _("Say in %(limit)d characters at most why you need to look."),
            code="reason",
            params={"limit": MAX_REASON},
        )
    else:
        try:
            validate_plain_text(reason)
        except ValidationError as error:
            errors["reason"] = error
    if not 1 <= minutes <= LONGEST_MINUTES:
        errors["minutes"] = ValidationError(
            _("Write a number of minutes from 1 to %(most)d."),
            code="minutes",
            params={"most": LONGEST_MINUTES},
        )
    if errors:
        raise ValidationError(errors)


def _letter(organization: Organization, session: SupportSession) -> Letter:
    words = isolated(
        {
            "group": organization.name,
            "minutes": session.minutes,
            "reason": session.reason,
        }
    )
    return Letter(
        subject=gettext("%(group)s: a steward asks to look at your desk") % words,
        paragraphs=(
            gettext(
                "A steward of this site asks to look at the desk of %(group)s for %(minutes)d "
                "minutes. They would read what a member reads of programs and settings, and "
                "change nothing: no messages, no documents, no list of members."
            )
            % words,
            gettext("The reason they give: %(reason)s") % words,
            gettext("An owner decides. Without an answer nothing happens."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{organization.slug}/support/",
        label=gettext("Look at it"),
    )


def _record(actor: Actor, verb: str, session: SupportSession, **details: object) -> None:
    record(
        actor,
        verb,
        organization_id=session.organization_id,
        object_kind="support_session",
        object_id=session.pk,
        **details,
    )
