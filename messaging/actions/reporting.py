"""Reporting messages to the stewards of this node: what somebody chose is copied, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from messaging.enums import ReportKind, ReportState
from messaging.models import Event, MessageReport, ReportedWords
from messaging.queries.events import MessageRow
from messaging.queries.reports import OFFERED, messages_among
from messaging.queries.standing import participation_in
from messaging.validators import checked
from network.actions.audit import record
from network.actions.letters import Letter
from network.actions.notices import tell_stewards
from network.identifying import require_looked_at
from network.permissions import Permission, require
from network.tenancy import Actor
from network.validators import validate_plain_text

MAX_NOTE = 1000
# More than a group could mean; stewards have an evening a week.
MAX_WAITING = 50


@transaction.atomic
def report_messages(
    actor: Actor,
    *,
    conversation_id: UUID,
    client_id: UUID,
    messages: Sequence[UUID],
    kind: str,
    note: str = "",
    has_looked: bool = False,
) -> MessageReport:
    """Copy some messages of one other group for the stewards; made once a `client_id`.

    Copied are the words as they stand for the actor, their language and time, and the handle and
    group of who wrote them. Stewards who belong to neither group are told that something waits.
    The group that wrote them learns nothing. `has_looked` says that nobody in detention can be
    recognised by the note.

    Raises:
        Refused: the actor may not read the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        Event.DoesNotExist: a message is missing, or the actor may not read it.
        ValidationError: by field; `messages` (`required`, `many`, `own`, `several`, `deleted`,
            `gone`), `kind`, `note`, `waiting` where the group has reported too much; `identifies`
            where `has_looked` must answer.
    """
    require(actor, Permission.MESSAGE_READ)
    before = _made(actor, client_id)
    if before is not None:
        return before
    talk = participation_in(actor, conversation_id).conversation.kind
    values = checked(
        messages=lambda: _checked_messages(messages),
        kind=lambda: _checked_kind(kind),
        note=lambda: _checked_note(note),
    )
    require_looked_at({"note": values["note"]}, has_looked=has_looked)
    found = messages_among(actor, conversation_id=conversation_id, ids=values["messages"])
    if len(found) < len(values["messages"]):
        raise Event.DoesNotExist
    about = _only_group(actor, found)
    _require_few(actor)
    try:
        with transaction.atomic():
            report = MessageReport.objects.create(
                organization_id=actor.acted_for, client_id=client_id, kind=values["kind"]
            )
    except IntegrityError:
        # Another request with the same id was first.
        return MessageReport.objects.get(organization_id=actor.acted_for, client_id=client_id)
    # Not read back: who reports does not read the copies again.
    ReportedWords(
        report=report,
        organization_id=actor.acted_for,
        about_id=about,
        about_name=found[0].organization_name,
        talk=talk,
        note=values["note"],
        copies=[_copy(one) for one in found],
    ).save(force_insert=True)
    record(
        actor,
        "message.reported",
        object_kind="message_report",
        object_id=report.pk,
        kind=str(report.kind),
    )
    tell_stewards(actor, _letter, outside=(actor.acted_for, about))
    return report


def _made(actor: Actor, client_id: UUID) -> MessageReport | None:
    rows = MessageReport.objects.filter(organization_id=actor.acted_for, client_id=client_id)
    return rows.first()


def _copy(message: MessageRow) -> dict[str, Any]:
    return {
        "number": message.number,
        "shown_name": message.shown_name,
        "body": message.body,
        "language": message.language,
        "said_at": message.created_at.isoformat(),
    }


def _only_group(actor: Actor, found: list[MessageRow]) -> UUID:
    """The one other group that wrote all of it."""
    groups = {one.organization_id for one in found}
    if actor.acted_for in groups:
        words = _("Choose messages of another group. What is said in your own is your own matter.")
        raise _wrong("messages", words, "own")
    if len(groups) > 1:
        words = _("Choose messages of one group. Report those of another one separately.")
        raise _wrong("messages", words, "several")
    if any(one.is_deleted for one in found):
        words = _("One of these messages was deleted meanwhile. Choose from what is left.")
        raise _wrong("messages", words, "deleted")
    [about] = groups
    if about is None:
        raise _wrong("messages", _("The group that wrote this is gone, with its words."), "gone")
    return about


def _checked_messages(messages: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(messages))
    if not wanted:
        raise ValidationError(_("Tick at least one message."), code="required")
    if len(wanted) > OFFERED:
        words = _("Choose %(number)d messages at most.")
        raise ValidationError(words, code="many", params={"number": OFFERED})
    return wanted


def _checked_kind(kind: str) -> ReportKind:
    if kind not in ReportKind.values:
        raise ValidationError(_("Choose what this is about."), code="kind")
    return ReportKind(kind)


def _checked_note(note: str) -> str:
    text = note.replace("\r\n", "\n").strip()
    if len(text) > MAX_NOTE:
        raise ValidationError(
            _("Shorten this to %(limit)d characters; it has %(number)d."),
            code="too_long",
            params={"limit": MAX_NOTE, "number": len(text)},
        )
    validate_plain_text(text)
    return text


def _require_few(actor: Actor) -> None:
    waiting = MessageReport.objects.filter(
        organization_id=actor.acted_for, state=ReportState.WAITING
    )
    if waiting.count() >= MAX_WAITING:
        words = _("The stewards have %(number)d reports of your group. Wait for an answer.")
        raise ValidationError(words, code="waiting", params={"number": MAX_WAITING})


def _wrong(field: str, words: Any, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(words, code=code)})


def _letter() -> Letter:
    return Letter(
        subject=gettext("Messages were reported to the stewards"),
        paragraphs=(
            gettext("A group has reported messages of another group on this site."),
            gettext(
                "What it chose was copied for you to read. Nothing else of the conversation is"
                " shown to you."
            ),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/steward/messages/",
        label=gettext("Read and decide"),
    )
