"""Writing down what periodic jobs did."""

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
