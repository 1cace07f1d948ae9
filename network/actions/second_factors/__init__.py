"""Second factors: code apps, passkeys and recovery codes.

The sign-in uses five names of this package. `take_try` counts a try of a code and is called
before a scope is open. `kinds_of`, `verify_code`, `passkey_options` and `verify_passkey` are
called inside one, that of the sign-in or the person's own.
"""

from network.actions.second_factors.assertions import passkey_options, verify_passkey
from network.actions.second_factors.managing import (
    remove_factor,
    rename_factor,
    reset_second_factors,
)
from network.actions.second_factors.passkeys import begin_passkey, finish_passkey
from network.actions.second_factors.recovery import make_recovery_codes, use_recovery_code
from network.actions.second_factors.relying_party import passkeys_work
from network.actions.second_factors.signin import verify_code
from network.actions.second_factors.totp import (
    TotpOffer,
    begin_totp,
    confirm_totp,
    totp_offer,
    verify_totp,
)
from network.actions.second_factors.tries import take_try
from network.queries.factors import kinds_of

__all__ = [
    "TotpOffer",
    "begin_passkey",
    "begin_totp",
    "confirm_totp",
    "finish_passkey",
    "kinds_of",
    "make_recovery_codes",
    "passkey_options",
    "passkeys_work",
    "remove_factor",
    "rename_factor",
    "reset_second_factors",
    "take_try",
    "totp_offer",
    "use_recovery_code",
    "verify_code",
    "verify_passkey",
    "verify_totp",
]
