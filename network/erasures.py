"""What must stay gone: a list beside the database, for the day on which a backup is restored.

A backup knows nothing of what was taken off, deleted or ended after it was made. Each such deed
adds one line to `DATA_DIR/erasures.log` once it is committed: the day, a kind, an id or a slug,
and a state. No name, address or text is in it. Nothing reads it but `restore`.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

FILE = "erasures.log"
GONE, BACK = "gone", "back"
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([a-z_]+) ([0-9a-z:_-]{1,160}) ([a-z]+)")


class Erased(StrEnum):
    """What a line speaks of; the key is an id unless something else is said."""

    ACCESS_REPORT = "access_report"
    FOLLOW = "follow"
    LISTING = "listing"  # a slug that was taken off
    MEMBERSHIP = "membership"  # organization:person; a state may also be the role
    MESSAGE = "message"
    ORGANIZATION = "organization"
    ORGANIZATION_LEFT = "organization_left"
    ORGANIZATION_LOCKED = "organization_locked"
    ORGANIZATION_SLUG = "organization_slug"  # a slug that no group gets again
    ORGANIZATION_SUSPENDED = "organization_suspended"
    PASSWORD = "password"  # noqa: S105 - of the person: a former one opens nothing
    PERSON = "person"
    PERSON_SUSPENDED = "person_suspended"
    PROGRAM = "program"
    PUBLICATION = "publication"  # the program whose listing was taken down
    RECOVERY_CODES = "recovery_codes"  # of the person
    RELAY = "relay"
    SECOND_FACTORS = "second_factors"  # of the person
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: on which day what came into which state."""

    day: dt.date
    kind: str
    key: str
    state: str

    def __str__(self) -> str:
        """As it stands in the file."""
        return f"{self.day.isoformat()} {self.kind} {self.key} {self.state}"


def erase(kind: Erased, key: object, state: str = GONE) -> None:
    """Add a line once the present transaction has committed.

    An error then is logged and not raised: the deed itself is done. `catch_up` of the backup adds
    what the database still tells.
    """
    line = Line(timezone.now().date(), kind, str(key), state)
    transaction.on_commit(partial(append, [line]), robust=True)


def take_back(kind: Erased, key: object) -> None:
    """Add a line that undoes an earlier one, once the present transaction has committed."""
    erase(kind, key, BACK)


def path() -> Path:
    """Where the list of this node is."""
    return Path(settings.FILES_DIR) / FILE


def append(lines: Sequence[Line]) -> None:
    """Add lines at the end; they are on the disk when this returns. None makes an empty list.

    One write to a file opened for appending, so that processes do not write into each other's
    lines. A line that a crash left half written is closed by the next.
    """
    text = "".join(f"{line}\n" for line in lines)
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        is_torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (f"\n{text}" if is_torn else text).encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def parse(text: str) -> list[Line]:
    """The lines of a list; one that is no line is left out."""
    found = (_LINE.fullmatch(row) for row in text.splitlines())
    return [Line(dt.date.fromisoformat(m[1]), m[2], m[3], m[4]) for m in found if m]


def known() -> list[Line]:
    """The lines of this node's list."""
    try:
        return parse(path().read_text(encoding="ascii", errors="replace"))
    except FileNotFoundError:
        return []


def merged(lists: Iterable[Sequence[Line]]) -> list[Line]:
    """Copies of one list put together: what they share once, the rest by days."""
    whole: list[Line] = []
    for one in lists:
        pairs = zip(whole, one, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        rest = [*whole[shared:], *one[shared:]]
        whole = [*whole[:shared], *sorted(rest, key=lambda line: line.day)]
    return whole


def last_states(lines: Iterable[Line]) -> dict[Erased, dict[str, Line]]:
    """By kind, the last line on each key."""
    states: dict[Erased, dict[str, Line]] = {kind: {} for kind in Erased}
    for line in lines:
        if line.kind in states:
            states[Erased(line.kind)][line.key] = line
    return states
