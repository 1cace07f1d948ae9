"""The worker loop: what is done from time to time without anybody asking."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time

from django.db import close_old_connections
from django.utils import timezone

from directory.actions.search_index import purge_search
from network.actions.jobs import finish_job
from network.actions.purge import purge
from network.models import Job
from network.tenancy import Purpose, Via, system

logger = logging.getLogger(__name__)

TICK_SECONDS = 15.0
PURGE_EVERY = dt.timedelta(hours=24)
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
        stop.wait(TICK_SECONDS)


def one_round() -> None:
    """Do what is due, then leave a heartbeat; several workers at once do no harm."""
    started = timezone.now()
    last = Job.objects.filter(name="purge").values_list("finished_at", flat=True).first()
    if last is None or started - last >= PURGE_EVERY:
        purge_search(system(Purpose.PURGE, via=Via.WORKER))
        purge(system(Purpose.PURGE, via=Via.WORKER))
    finish_job(HEARTBEAT, started=started, result={})


def start_in_thread() -> tuple[threading.Thread, threading.Event]:
    """The loop in a thread of this process, and the event that ends it."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name="worker", daemon=True)
    thread.start()
    return thread, stop
