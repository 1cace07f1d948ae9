"""How often a code may be tried: guessing is slow, and never shuts the other ways in."""

from __future__ import annotations

from uuid import UUID

from network.actions.limits import Taken, forget_attempts, take
from network.actions.second_factors.codes import is_app_code, plain_code
from network.enums import FactorKind
from network.queries.factors import RECOVERY

_DAY = 86_400
# With three codes good at a time, 40 tries a day find one of a million in 23 years.
_LIMITS: dict[str, tuple[tuple[int, int], ...]] = {
    FactorKind.TOTP: ((8, 900), (40, _DAY)),
    RECOVERY: ((8, 900),),
}


def take_try(person_id: UUID, code: str) -> Taken:
    """Count one try of a code, before it is looked at; whether it may be tried now.

    Asked before a scope is open, since nothing that fails afterwards may undo the counting. Codes
    of apps and recovery codes are counted apart: who guesses at one does not shut the other.

    Raises:
        RuntimeError: a transaction is open.
    """
    kind = _kind_of(code)
    (first, within), *longer = _LIMITS[kind]
    tightest = take(_scope(kind, within), str(person_id), first, within)
    for limit, seconds in longer:
        # What a shorter limit refuses is no try, and costs nothing of a longer one.
        if tightest.allowed:
            taken = take(_scope(kind, seconds), str(person_id), limit, seconds)
            tightest = min(tightest, taken, key=lambda one: (one.allowed, one.remaining))
    return tightest


def forget_tries(person_id: UUID, code: str) -> None:
    """Count anew for this kind of code, after a right one."""
    kind = _kind_of(code)
    for _limit, seconds in _LIMITS[kind]:
        forget_attempts(_scope(kind, seconds), str(person_id))


def _kind_of(code: str) -> str:
    return FactorKind.TOTP if is_app_code(plain_code(code)) else RECOVERY


def _scope(kind: str, seconds: int) -> str:
    return f"second factor {kind} {seconds}"
