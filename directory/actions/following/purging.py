"""Wishes that nobody confirmed are deleted for good."""

from __future__ import annotations

from django.utils import timezone

from directory.actions.following.asking import WISH_LIVES
from directory.models import Follow
from network.tenancy import Actor, Purpose, acting


def purge_follows(actor: Actor) -> dict[str, int]:
    """Delete wishes for mails that were not confirmed within 7 days; how many there were.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        oldest = timezone.now() - WISH_LIVES
        wishes = Follow.objects.filter(confirmed_at=None, created_at__lt=oldest)
        return {"unconfirmed_follows": wishes.delete()[0]}
