"""How fast a person may write."""

from __future__ import annotations

from django.conf import settings

from network.actions.limits import Taken, take
from network.tenancy import Actor


def take_send(actor: Actor) -> Taken:
    """Count one event that a person wants to write, over all their devices and processes.

    `MESSAGE_BURST` at once, `MESSAGE_RATE` a second over time. To be asked before the scope of
    the actor opens: the count must not be undone with what follows.

    Raises:
        RuntimeError: a transaction is open.
        ValueError: the actor is no person.
    """
    burst: int = settings.MESSAGE_BURST
    seconds = max(-(-burst // settings.MESSAGE_RATE), 1)
    return take("messages.send", str(actor.someone), burst, seconds)
