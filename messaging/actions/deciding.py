"""What stewards decide on reported messages: of groups that are not their own."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from messaging.enums import REPORT_DECISIONS, ReportKind, ReportState
from messaging.models import MessageReport, ReportedWords
from messaging.queries.reports import words_for
from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.actions.suspending import checked_reason, suspend_organization
from network.enums import Role
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system


class DecidedMeanwhile(Exception):  # noqa: N818 - an answer, not a fault
    """Another steward decided otherwise since it was read."""


@transaction.atomic
def decide_message_report(
    actor: Actor,
    *,
    report_id: UUID,
    decision: str,
    reason: str = "",
    has_looked: bool = False,
) -> MessageReport:
    """Decide on a report; twice the same is once.

    Dismissed tells nobody but the group that reported, which reads the state. Warned writes to the
    coordinators of the group the reason that the steward gives, and neither the words, nor who
    reported them, nor where they stood. Suspended suspends that group, with the reason, as
    `suspend_organization` does. `has_looked` says that nobody in detention can be recognised by
    the reason.

    Raises:
        Refused: the actor is no steward.
        ReportedWords.DoesNotExist: missing, or by or about a group of the steward's own.
        DecidedMeanwhile: it was decided otherwise.
        ValidationError: by field; `decision` (`required`, `gone`), `reason`; `identifies` where
            `has_looked` must answer.
    """
    require(actor, Permission.REPORT_DECIDE)
    words = words_for(actor).get(report_id=report_id)
    present = MessageReport.objects.beyond_scope().select_for_update().get(pk=report_id)
    if present.state != ReportState.WAITING:
        if present.state != decision:
            raise DecidedMeanwhile
        return present
    if decision not in REPORT_DECISIONS:
        raise _wrong(_("Choose what becomes of it."), "required")
    if decision != ReportState.DISMISSED:
        _act(actor, words, decision, present, reason=reason, has_looked=has_looked)
    present.state, present.decided_at = ReportState(decision), timezone.now()
    present.save(update_fields=["state", "decided_at"])
    _log(actor, present)
    return present


def _act(
    actor: Actor,
    words: ReportedWords,
    decision: str,
    report: MessageReport,
    *,
    reason: str,
    has_looked: bool,
) -> None:
    """Warn or suspend the group that wrote the messages."""
    text = checked_reason(reason, has_looked=has_looked)
    about = words.about
    if about is None:
        raise _wrong(_("This group is gone. Choose another answer."), "gone")
    if decision == ReportState.SUSPENDED:
        suspend_organization(actor, organization=about, reason=text, has_looked=has_looked)
        return
    with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=about.pk)):
        record(
            actor,
            "organization.warned",
            organization_id=about.pk,
            object_kind="organization",
            object_id=about.pk,
            kind=str(report.kind),
        )
    tell_members(
        actor,
        organization_id=about.pk,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: _warning(about.name, ReportKind(report.kind), text),
    )


def _log(actor: Actor, report: MessageReport) -> None:
    """In the log of the group that reported and in that of the node."""
    group = report.organization_id
    with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=group)):
        for organization_id in (group, None):
            record(
                actor,
                "message_report.decided",
                organization_id=organization_id,
                object_kind="message_report",
                object_id=report.pk,
                kind=str(report.kind),
                decision=str(report.state),
            )


def _wrong(words: object, code: str) -> ValidationError:
    return ValidationError({"decision": ValidationError(str(words), code=code)})


def _warning(group: str, kind: ReportKind, reason: str) -> Letter:
    words = isolated({"group": group, "kind": str(kind.label), "reason": reason})
    return Letter(
        subject=gettext("A warning from the stewards to %(group)s") % words,
        paragraphs=(
            gettext(
                "The stewards of this site have read messages of %(group)s that another group"
                " reported to them."
            )
            % words,
            gettext("What they were reported as: %(kind)s") % words,
            gettext("The stewards write: %(reason)s") % words,
            gettext(
                "You are not told who reported, nor which messages. Nothing else was changed. If"
                " this is wrong, write to the stewards."
            ),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/about/",
        label=gettext("How to reach the stewards"),
    )
