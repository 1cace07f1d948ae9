"""Sending reminders: one mail to each coordinator and owner for all that is due in their group."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from directory.actions.reminding.letters import reminder_letter, unsubscribing
from directory.models import Program, Reminder
from directory.queries.reminders import due_programs, old_enough
from network.actions.jobs import finish_job
from network.actions.mail import send_letter
from network.enums import OrganizationStatus, Role
from network.links import hash_of
from network.models import Membership, Organization
from network.permissions import OF_ROLE, Permission
from network.queries.receivers import receivers_of
from network.tenancy import Actor, Purpose, acting, system

logger = logging.getLogger(__name__)

LIVES = dt.timedelta(days=30)
TOKEN_BYTES = 32
JOB = "reminders"
# Who may say that an entry is right is asked.
ASKED = tuple(role for role in Role if Permission.PROGRAM_PUBLISH in OF_ROLE[role])


def send_reminders(actor: Actor) -> dict[str, int]:
    """Ask every group about the programs that are due; how many groups and mails there were.

    At 80, 120 and 170 days since a program was confirmed, then every 90. Each group in a
    transaction of its own, in which the mails, their links and the day are written: none is sent
    twice, whoever dies or works beside. A group in which nobody can be asked stays due. One that
    fails is logged and tried again at the next run.

    Raises:
        ValueError: the actor is not the system acting to send mails.
    """
    if actor.purpose is not Purpose.MAIL:
        raise ValueError("only the mail worker sends reminders")
    started = timezone.now()
    today = timezone.localdate()
    with acting(actor, is_reading=True):
        groups = list(
            old_enough(today).order_by().values_list("organization_id", flat=True).distinct()
        )
    result = {"organizations": 0, "mails": 0}
    for organization_id in groups:
        mails = _asked(actor, organization_id, today)
        result["organizations"] += mails > 0
        result["mails"] += mails
    finish_job(JOB, started=started, result=result)
    return result


def _asked(actor: Actor, organization_id: UUID, today: dt.date) -> int:
    bound = system(Purpose.MAIL, via=actor.via, organization_id=organization_id)
    try:
        # On SQLite who only looks does not wait for the lock for writing.
        with acting(bound, is_reading=True):
            if not due_programs(today):
                return 0
        with acting(bound):
            return _ask(bound, organization_id, today)
    except Exception:
        logger.exception("organization %s was not reminded", organization_id)
        return 0


def _ask(actor: Actor, organization_id: UUID, today: dt.date) -> int:
    organization = Organization.objects.get(pk=organization_id)
    if not _is_open(organization):
        return 0
    # Locked, then looked at anew: another worker may have been faster.
    programs = due_programs(today, is_locked=True)
    receivers = receivers_of(actor, organization_id=organization_id, roles=ASKED)
    if not programs or not receivers:
        return 0
    for membership in receivers:
        _write(actor, organization, programs, membership)
    Program.objects.filter(pk__in=[one.pk for one in programs]).update(reminded_on=today)
    return len(receivers)


def _is_open(organization: Organization) -> bool:
    return (
        organization.status == OrganizationStatus.VERIFIED
        and organization.locked_down_at is None
        and organization.deleted_at is None
    )


def _write(
    actor: Actor,
    organization: Organization,
    programs: Sequence[Program],
    membership: Membership,
) -> None:
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    Reminder.objects.bulk_create(
        Reminder(
            organization=organization,
            program=program,
            membership=membership,
            token_hash=hash_of(token),
            sent_at=now,
            expires_at=now + LIVES,
        )
        for program in programs
    )
    send_letter(
        actor,
        to=membership.person.email,
        language=membership.person.language,
        compose=lambda: reminder_letter(organization, programs, token),
        headers=unsubscribing(token),
    )
