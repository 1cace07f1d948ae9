"""Which towns are loaded."""

from __future__ import annotations

from network.models import Job

JOB = "gazetteer"


def loaded_version() -> str:
    """The version of the towns in the tables; empty where none were loaded. One query."""
    return str(_result().get("version", ""))


def loaded_stamp() -> str:
    """A text that changes whenever towns are loaded; empty where none were. One query."""
    job = Job.objects.filter(name=JOB).values_list("finished_at", flat=True).first()
    return job.isoformat() if job else ""


def _result() -> dict[str, object]:
    return Job.objects.filter(name=JOB).values_list("result", flat=True).first() or {}
