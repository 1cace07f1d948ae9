"""How passwords are kept, and how long they are."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Each takes the memory below for some hundredths of a second; more at once would be a way to
# take all of it.
AT_ONCE = 2
_turns = BoundedSemaphore(AT_ONCE)


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: OWASP's floor, fit for a small server.

    At most two are worked out at once in a process; others wait for their turn.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash of a new password."""
        with _turns:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether a password is the one."""
        with _turns:
            return super().verify(password, encoded)


class AtMost:
    """Refuses passwords over a length: nobody types them, and hashing them costs."""

    def __init__(self, longest: int = 128) -> None:
        """The longest that is taken, in characters."""
        self.longest = longest

    def validate(self, password: str, user: Any = None) -> None:
        """Pass what is short enough.

        Raises:
            ValidationError: `password_too_long`.
        """
        if len(password) > self.longest:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """What to write."""
        return _("Write at most %(count)d characters.") % {"count": self.longest}
