"""A nudge to the worker of this process: something is due, do not sleep on."""

from threading import Event

from django.db import transaction

# The worker waits for it between two rounds; other processes find what is due at their next one.
waiting = Event()


def nudge() -> None:
    """Let the next round begin once the present transaction has committed."""
    transaction.on_commit(waiting.set)
