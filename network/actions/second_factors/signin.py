"""The second step of a sign-in, as far as it is typed."""

from __future__ import annotations

from uuid import UUID

from network.actions.second_factors.codes import is_app_code, plain_code
from network.actions.second_factors.recovery import use_recovery_code
from network.actions.second_factors.totp import verify_totp
from network.actions.second_factors.tries import forget_tries


def verify_code(person_id: UUID, code: str) -> bool:
    """Whether this is a code of the person, from a code app or the list of recovery codes.

    Which of both is seen by its form. It is used up. Called in the scope of the sign-in, or in the
    person's own for a step-up, after `take_try` has allowed it.
    """
    plain = plain_code(code)
    verify = verify_totp if is_app_code(plain) else use_recovery_code
    if not verify(person_id, plain):
        return False
    forget_tries(person_id, code)
    return True
