"""Asking an applicant something before a decision."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.deciding.common import (
    DecidedMeanwhile,
    desk_address,
    locked,
    log,
    save,
    tell_applicant,
)
from directory.enums import ApplicationState, NoteAuthor
from directory.models import Application, ApplicationNote
from network.actions.letters import Letter, isolated
from network.actions.suspending import MAX_REASON
from network.identifying import require_looked_at
from network.tenancy import Actor
from network.validators import validate_plain_text


@transaction.atomic
def ask_back(
    actor: Actor,
    *,
    application: Application,
    base_version: int,
    question: str,
    has_looked: bool = False,
) -> Application:
    """Send the application back with a question, which the applicant is told by mail.

    A first approval of another steward is taken back: the answer may change things.
    `has_looked` says that nobody in detention can be recognised by the question.

    Raises:
        Refused: the actor is no steward, or has a conflict of interest.
        DecidedMeanwhile: it changed since it was read.
        ValidationError: by field, `question`; `identifies` where `has_looked` must answer.
    """
    present = locked(actor, application)
    if present.state != ApplicationState.WAITING or present.version != base_version:
        raise DecidedMeanwhile(present)
    text = _checked(question)
    require_looked_at({"question": text}, has_looked=has_looked)
    ApplicationNote.objects.create(
        organization_id=present.organization_id,
        application=present,
        author=NoteAuthor.STEWARD,
        person_id=actor.someone,
        body=text,
    )
    save(present, state=ApplicationState.ASKED, decided_by=None, public_reason="")
    log(actor, "application.asked", present)
    tell_applicant(actor, present, lambda: _letter(present, text))
    return present


def _checked(question: str) -> str:
    text = question.strip()
    if not text or len(text) > MAX_REASON:
        raise ValidationError(
            {
                "question": ValidationError(
                    _("Write your question, in %(limit)d characters at most."),
                    code="question",
                    params={"limit": MAX_REASON},
                )
            }
        )
    try:
        validate_plain_text(text)
    except ValidationError as error:
        raise ValidationError({"question": error}) from error
    return text


def _letter(application: Application, question: str) -> Letter:
    words = isolated({"group": application.organization.name, "question": question})
    return Letter(
        subject=gettext("A question about %(group)s") % words,
        paragraphs=(
            gettext("The stewards of this site have a question before they decide:"),
            words["question"],
            gettext("Answer at the desk of your group. Mails to this address are not read."),
        ),
        link=desk_address(application),
        label=gettext("To the desk"),
    )
