"""Writing down what periodic jobs did, and taking turns at them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from network.models import Job


@transaction.atomic
def finish_job(name: str, *, started: dt.datetime, result: dict[str, Any]) -> None:
    """Write down the last run of a periodic job, in place of the one before."""
    Job.objects.update_or_create(
        name=name,
        defaults={"started_at": started, "finished_at": timezone.now(), "result": result},
    )


def job_in_turn(name: str) -> Job:
    """The last run of a periodic job; whoever else asks for it waits until this transaction ends.

    Whether it is time is looked at in this row: another worker may have been faster. Of a job
    that never ran it is an empty one.
    """
    # Made first where it is missing, because nobody can wait for a row that is not there.
    Job.objects.get_or_create(name=name)
    return Job.objects.select_for_update().get(name=name)
