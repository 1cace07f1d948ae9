"""When a mail about messages may go to somebody: in hours of their own time zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from messaging.enums import DigestRhythm

# What is read within this time needs no mail.
UNREAD = dt.timedelta(minutes=10)
# What comes meanwhile stands in the next mail.
REST = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a person chose, and when a mail last went to them."""

    zone: str
    digest: str = DigestRhythm.DAILY
    hour: int = 8
    at_once: bool = True
    quiet_from: int = 21
    quiet_until: int = 8
    told_at: dt.datetime | None = None

    def is_quiet(self, now: dt.datetime) -> bool:
        """Whether nothing is sent at this moment; the time may reach over midnight."""
        hour = now.astimezone(_zone(self.zone)).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def last_digest(self, now: dt.datetime) -> dt.datetime | None:
        """The newest moment for a digest that has come; nothing where none is wanted."""
        if self.digest == DigestRhythm.OFF:
            return None
        local = now.astimezone(_zone(self.zone))
        due = local.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if due > local:
            due -= dt.timedelta(days=1)
        if self.digest == DigestRhythm.WEEKLY:
            due -= dt.timedelta(days=due.weekday())
        return due

    def is_time(
        self, now: dt.datetime, *, new_since: dt.datetime | None, urgent_since: dt.datetime | None
    ) -> bool:
        """Whether a mail goes now: by the digest, or at once for what is urgent and still unread.

        Both are the oldest of what no mail has told yet; empty: there is nothing.
        """
        if self.is_quiet(now):
            return False
        digest = self.last_digest(now)
        if digest is not None and new_since is not None and new_since <= digest:
            return True
        if not self.at_once or urgent_since is None or urgent_since > now - UNREAD:
            return False
        return self.told_at is None or self.told_at <= now - REST


def _zone(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
