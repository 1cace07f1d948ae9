"""Saying that the public directory has changed."""

from __future__ import annotations

from uuid import uuid4

from directory.models import Revision
from directory.queries.revisions import DIRECTORY


def change_revision() -> None:
    """Give the public directory a new mark, so that nothing kept from before is shown again.

    Called last in the transaction of every action that writes what the public reads: the row is
    locked from here to the commit.
    """
    Revision.objects.update_or_create(name=DIRECTORY, defaults={"mark": uuid4().hex})
