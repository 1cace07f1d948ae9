"""What the applicant does with an application: answers, sends, talks, withdraws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.applying.letters import sent_letter, to_stewards, withdrawn_letter
from directory.enums import ApplicationState, NoteAuthor, VouchState
from directory.models import Application, ApplicationNote, Vouch
from directory.queries.application_answers import checked_answers, missing_answers
from directory.queries.program_checks import plain_at
from network.actions.audit import record
from network.actions.letters import Letter
from network.actions.notices import tell_members, tell_stewards
from network.enums import Role
from network.identifying import require_looked_at, what_is_new
from network.permissions import Permission, require
from network.tenancy import Actor

LONGEST_NOTE = 3000
EDITABLE = (ApplicationState.DRAFT, ApplicationState.ASKED)


class StaleApplicationError(Exception):
    """Somebody else saved answers meanwhile; `present` is the application as it is now."""

    def __init__(self, present: Application) -> None:
        self.present = present
        super().__init__(present.pk)


@transaction.atomic
def edit_answers(
    actor: Actor,
    *,
    application: Application,
    base_version: int,
    values: Mapping[str, Any],
    has_looked: bool = False,
) -> Application:
    """The application with these answers, one version on; the others stay.

    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor may not write it.
        StaleApplicationError: its version is not `base_version`.
        ValidationError: by field; `closed` where it is with the stewards or decided;
            `identifies` where `has_looked` must answer.
    """
    present = _locked(actor, application)
    if present.state not in EDITABLE:
        raise ValidationError(
            _("The answers cannot be changed while the stewards look at them."), code="closed"
        )
    if present.version != base_version:
        raise StaleApplicationError(present)
    written = checked_answers(values)
    require_looked_at(what_is_new(written, present.answers), has_looked=has_looked)
    answers = {**present.answers, **written}
    if answers == present.answers:
        return present
    present.answers = answers
    return _saved(actor, present, "application.edited")


@transaction.atomic
def submit_application(actor: Actor, *, application: Application) -> Application:
    """Send a draft to the stewards; sending it twice changes nothing. Both sides are told by mail.

    Raises:
        Refused: the actor may not write it.
        ValidationError: by field, what is missing; `closed` where it was decided or withdrawn.
    """
    present = _locked(actor, application)
    if present.state == ApplicationState.WAITING:
        return present
    if present.state != ApplicationState.DRAFT:
        raise ValidationError(_("This application is not a draft any more."), code="closed")
    if missing := missing_answers(present):
        raise ValidationError({name: [_("This answer is missing.")] for name in missing})
    present.state = ApplicationState.WAITING
    present.submitted_at = timezone.now()
    _saved(actor, present, "application.sent")
    _tell(actor, present, sent_letter)
    tell_stewards(
        actor,
        lambda: to_stewards(_name(present), gettext("A group has sent its application.")),
    )
    return present


@transaction.atomic
def answer_stewards(
    actor: Actor, *, application: Application, body: Any, has_looked: bool = False
) -> ApplicationNote:
    """Write to the stewards about an application that was sent; a question is answered with it.

    `has_looked` says that nobody in detention can be recognised by the text.

    Raises:
        Refused: the actor may not write it.
        ValidationError: `body`; `closed` where the stewards do not have it; `identifies` where
            `has_looked` must answer.
    """
    present = _locked(actor, application)
    if present.state not in (ApplicationState.WAITING, ApplicationState.ASKED):
        raise ValidationError(_("The stewards do not have this application."), code="closed")
    text = plain_at("body", body, LONGEST_NOTE, lines=True)
    if not text:
        raise ValidationError({"body": [_("Write your answer.")]})
    require_looked_at({"body": text}, has_looked=has_looked)
    note = ApplicationNote.objects.create(
        organization_id=present.organization_id,
        application=present,
        author=NoteAuthor.APPLICANT,
        person_id=actor.someone,
        body=text,
    )
    present.state = ApplicationState.WAITING
    _saved(actor, present, "application.answered")
    tell_stewards(
        actor, lambda: to_stewards(_name(present), gettext("An applicant has written to you."))
    )
    return note


@transaction.atomic
def withdraw_application(actor: Actor, *, application: Application) -> Application:
    """Take an application back; groups that have not answered yet are not asked any more.

    Doing it twice changes nothing.

    Raises:
        Refused: the actor may not write it.
        ValidationError: `closed` where it was decided.
    """
    present = _locked(actor, application)
    if present.state == ApplicationState.WITHDRAWN:
        return present
    if not ApplicationState(present.state).is_open:
        raise ValidationError(_("The stewards have decided already."), code="closed")
    present.state = ApplicationState.WITHDRAWN
    present.decided_at = timezone.now()
    Vouch.objects.beyond_scope().filter(application=present, state=VouchState.ASKED).delete()
    _saved(actor, present, "application.withdrawn")
    _tell(actor, present, withdrawn_letter)
    return present


def _locked(actor: Actor, application: Application) -> Application:
    require(actor, Permission.APPLICATION_WRITE, application)
    rows = Application.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=application.pk)


def _saved(actor: Actor, application: Application, verb: str) -> Application:
    application.version += 1
    application.save()
    record(actor, verb, object_kind="application", object_id=application.pk)
    return application


def _name(application: Application) -> str:
    return application.organization.name


def _tell(actor: Actor, application: Application, compose: Callable[[str, str], Letter]) -> None:
    group = application.organization
    tell_members(
        actor,
        organization_id=group.pk,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: compose(group.slug, group.name),
    )
