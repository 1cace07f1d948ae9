"""The worker loop: what is done from time to time without anybody asking."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time

from django.db import close_old_connections
from django.utils import timezone

from directory.actions.deciding import (
    escalate_applications,
    send_digests,
)
from directory.actions.following import tell_followers
from directory.actions.organizations import release_websites
from directory.actions.programs.releasing import release_held_changes
from directory.actions.reminding.sending import JOB as REMINDERS
from directory.actions.reminding.sending import send_reminders
from directory.actions.stating.releasing import release_reports
from directory.actions.withdrawals import withdraw_departed
from frontend.following.letters import news
from frontend.telling.letters import summons
from messaging.actions.telling import tell_people
from messaging.actions.upkeep import keep_in_line
from network import nudge
from network.actions.accounts import look_into
from network.actions.handovers import finish_handovers
from network.actions.jobs import finish_job
from network.actions.limits import purge_counters
from network.actions.mail import send_due_mails
from network.models import Job
from network.project.purging import purge_everything
from network.tenancy import Purpose, Via, system

logger = logging.getLogger(__name__)

TICK_SECONDS = 15.0
PURGE_EVERY = dt.timedelta(hours=24)
REMIND_EVERY = dt.timedelta(hours=1)
HEARTBEAT = "worker"


class Pulse:
    """When the worker of this very process was last at work; no database is asked.

    A long import may hold the only write lock of SQLite: a heartbeat that must be written would
    then say that a busy worker is dead.
    """

    last: float | None = None

    @classmethod
    def beats(cls, within: float) -> bool:
        """Whether it was at work within so many seconds."""
        return cls.last is not None and time.monotonic() - cls.last <= within


def run(stop: threading.Event) -> None:
    """Work until `stop` is set; an error in one round is logged and the next round comes."""
    while not stop.is_set():
        Pulse.last = time.monotonic()
        try:
            one_round()
        except Exception:
            logger.exception("a round of the worker failed")
        finally:
            close_old_connections()
        nudge.waiting.wait(TICK_SECONDS)
        nudge.waiting.clear()


def run_once() -> int:
    """Do what is due now, and what that makes due at once, such as mails; in how many rounds."""
    rounds = 0
    nudge.waiting.set()
    while nudge.waiting.is_set():
        nudge.waiting.clear()
        one_round()
        rounds += 1
    return rounds


def one_round() -> None:
    """Do what is due, then leave a heartbeat; several workers at once do no harm."""
    started = timezone.now()
    release_held_changes(system(Purpose.RELEASE, via=Via.WORKER))
    if _is_time("purge", PURGE_EVERY, started):
        purge_everything(Via.WORKER)
    purge_counters()
    release_reports(system(Purpose.RELEASE, via=Via.WORKER))
    if _is_time(REMINDERS, REMIND_EVERY, started):
        send_reminders(system(Purpose.MAIL, via=Via.WORKER))
    send_due_mails(system(Purpose.MAIL, via=Via.WORKER), resolve=look_into)
    operator = system(Purpose.OPERATOR, via=Via.WORKER)
    withdraw_departed(operator)
    release_websites(operator)
    finish_handovers(operator)
    keep_in_line(system(Purpose.MESSENGER, via=Via.WORKER))
    tell_people(system(Purpose.DIGEST, via=Via.WORKER), compose=summons)
    tell_followers(system(Purpose.FOLLOW, via=Via.WORKER), compose=news)
    escalate_applications(operator)
    send_digests(operator)
    finish_job(HEARTBEAT, started=started, result={})


def _is_time(job: str, every: dt.timedelta, now: dt.datetime) -> bool:
    last = Job.objects.filter(name=job).values_list("finished_at", flat=True).first()
    return last is None or now - last >= every


def start_in_thread() -> tuple[threading.Thread, threading.Event]:
    """The loop in a thread of this process, and the event that ends it."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name="worker", daemon=True)
    thread.start()
    return thread, stop
