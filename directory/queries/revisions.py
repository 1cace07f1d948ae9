"""Which state of the public directory this is."""

from __future__ import annotations

from directory.models import Revision

DIRECTORY = "directory"


def directory_revision() -> str:
    """The mark of what the public reads now; empty before anything was written. One query."""
    marks = Revision.objects.filter(name=DIRECTORY).values_list("mark", flat=True)
    return marks.first() or ""
