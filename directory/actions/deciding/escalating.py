"""Telling the stewards what waits: once after 7 days, and at most once a week."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from directory.actions.deciding.common import log
from directory.enums import ApplicationKind, ApplicationState, ObjectionState
from directory.models import Application, Objection, Report
from network.actions.jobs import finish_job, job_in_turn
from network.actions.letters import Letter
from network.actions.notices import tell_stewards
from network.models import Job
from network.tenancy import Actor, Purpose, acting

WAITS = dt.timedelta(days=7)
DIGEST_EVERY = dt.timedelta(days=7)
DIGEST = "steward_digest"


def escalate_applications(actor: Actor) -> int:
    """Tell all stewards, once, of each application that has waited for 7 days; how many.

    For the worker, as the operator. The mail names the kind and the days, never the applicant.

    Raises:
        ValueError: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator escalates")
    with acting(actor), transaction.atomic():
        late = list(
            Application.objects.select_for_update(of=("self",))
            .select_related("organization")
            .filter(
                state=ApplicationState.WAITING,
                submitted_at__lte=timezone.now() - WAITS,
                escalated_at=None,
            )
        )
        for application in late:
            _tell(actor, application)
    return len(late)


def send_digests(actor: Actor) -> int:
    """Tell all stewards how much waits, where anything does; how many mails. Once a week.

    Several workers at once send it once: the mails are written in the turn of whoever was first.

    Raises:
        ValueError: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator sends digests")
    # Looked at without a lock first: most rounds of the worker end here.
    if not _is_time(Job.objects.filter(name=DIGEST).first()):
        return 0
    with acting(actor):
        if not _is_time(job_in_turn(DIGEST)):
            return 0
        started = timezone.now()
        number = _number_waiting()
        sent = tell_stewards(actor, lambda: _digest(number)) if number else 0
        finish_job(DIGEST, started=started, result={"sent": sent})
    return sent


def _is_time(job: Job | None) -> bool:
    last = job.finished_at if job else None
    return last is None or timezone.now() - last >= DIGEST_EVERY


def _number_waiting() -> int:
    return (
        Application.objects.filter(state=ApplicationState.WAITING).count()
        + Objection.objects.filter(state=ObjectionState.OPEN).count()
        + Report.objects.filter(decision="").count()
    )


def _tell(actor: Actor, application: Application) -> None:
    days = (timezone.now() - (application.submitted_at or application.created_at)).days
    kind = ApplicationKind(application.kind)
    tell_stewards(actor, lambda: _letter(kind, days))
    Application.objects.filter(pk=application.pk).update(escalated_at=timezone.now())
    log(actor, "application.escalated", application)


def _address() -> str:
    return f"{settings.PUBLIC_ORIGIN}/steward/"


def _letter(kind: ApplicationKind, days: int) -> Letter:
    words = {"kind": str(kind.label), "days": days}
    return Letter(
        subject=gettext("An application waits for %(days)d days") % words,
        paragraphs=(
            gettext("It asks for: %(kind)s.") % words,
            gettext("Nobody else can decide on it. This mail comes once."),
        ),
        link=_address(),
        label=gettext("To the stewards' desk"),
    )


def _digest(number: int) -> Letter:
    return Letter(
        subject=ngettext(
            "%(number)d thing waits for the stewards",
            "%(number)d things wait for the stewards",
            number,
        )
        % {"number": number},
        paragraphs=(gettext("This mail comes once a week at most, and only if something waits."),),
        link=_address(),
        label=gettext("To the stewards' desk"),
    )
