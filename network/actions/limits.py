"""Limits: how often something may be done within a while, counted for all processes at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from network.models import Counter

# A counter whose end lies further ahead than the clock and its window can explain begins anew.
_TAKE = """
    INSERT INTO network_counter (key, count, ends_at) VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN network_counter.ends_at BETWEEN %(now)s AND %(far)s
                THEN network_counter.count + 1 ELSE 1 END,
        ends_at = CASE WHEN network_counter.ends_at BETWEEN %(now)s AND %(far)s
                  THEN network_counter.ends_at ELSE excluded.ends_at END
    RETURNING count, ends_at
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether it may be done now, how often still, and when the counting begins anew."""

    allowed: bool
    remaining: int
    reset_seconds: int


def take(scope: str, subject: str, limit: int, seconds: int) -> Taken:
    """Count one attempt of `subject` at `scope`: at most `limit` within `seconds` are allowed.

    The time begins with the first attempt and is not made longer by refused ones. It is one
    statement in a transaction of its own, so attempts of several processes at once are all
    counted, and nothing that fails afterwards takes one back. Only a hash of scope and subject is
    kept, until the time is over.

    Raises:
        RuntimeError: a transaction is open, whose end could undo the counting. Ask before it.
    """
    now = _now()
    values: dict[str, str | int] = {
        "key": _key(scope, subject),
        "now": now + 1,
        "ends": now + seconds * 1000,
        # Other processes may have read the clock a little later.
        "far": now + seconds * 2000,
    }
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        count, ends_at = cursor.fetchone()
    return Taken(
        allowed=count <= limit,
        remaining=max(limit - count, 0),
        # Where another process began the counting, its clock may have been read a little later.
        reset_seconds=min(max(-(-(ends_at - now) // 1000), 1), seconds),
    )


@transaction.atomic
def forget_attempts(scope: str, subject: str) -> None:
    """Count anew from nought, for instance after the right password."""
    Counter.objects.filter(key=_key(scope, subject)).delete()


@transaction.atomic
def purge_counters() -> int:
    """Delete the counters whose time is over; how many there were."""
    deleted, _by_table = Counter.objects.filter(ends_at__lte=_now()).delete()
    return deleted


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


def _key(scope: str, subject: str) -> str:
    return salted_hmac(f"network.limits {scope}", subject, algorithm="sha256").hexdigest()
