"""`manage.py read_bounce`: a mail that came back, from standard input."""

from __future__ import annotations

import sys
from typing import Any

from network.actions.bounces import LARGEST, take_bounce
from network.project.commands import Command as BaseCommand
from network.tenancy import Purpose, system

_SAID = {
    (False, False): "This is no message that a mail came back. Nothing was changed.",
    (True, False): "It is about no mail that this node sent lately. Nothing was changed.",
    (True, True): "The account is marked: mails to it come back.",
}


class Command(BaseCommand):
    """Reads one delivery status notification, as a mail server hands it over."""

    help = (
        "Read one message that a mail came back (RFC 3464) from standard input, and mark the "
        "account whose mail it was. Whatever else comes in changes nothing and is no error. "
        "Example: manage.py read_bounce --json < message.eml"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it, and say what came of it; never whose it was."""
        raw = sys.stdin.buffer.read(LARGEST)
        bounce = take_bounce(system(Purpose.OPERATOR), raw=raw)
        self.answer(
            {"bounce": bounce.is_bounce, "marked": bounce.is_marked},
            _SAID[bounce.is_bounce, bounce.is_marked],
            as_json=options["json"],
        )
