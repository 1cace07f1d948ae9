"""Hints: that something happened in a conversation, and never what.

After the commit one goes over the channel layer to the hub of every process. The layer loses
messages by its own specification; whoever missed one learns it by comparing heads. So a hint that
fails is written to the log and forgotten.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)

# The group that each process joins with one channel of its own.
HUB = "messaging.hub"
SECONDS = 1.0
_carrier: Callable[[dict[str, Any]], bool] | None = None


def hint(conversation_id: UUID, seq: int) -> None:
    """Tell every hub that a conversation has reached a number, once this has committed."""
    _later({"type": "hub.event", "conversation": str(conversation_id), "seq": seq})


def hint_revoked(conversation_id: UUID, person_id: UUID) -> None:
    """Tell every hub that a person lost access to a conversation, once this has committed."""
    _later(
        {
            "type": "hub.revoked",
            "conversation": str(conversation_id),
            "person": str(person_id),
        }
    )


def hint_look(conversation_id: UUID) -> None:
    """Tell every hub that who takes part has changed where no event says so, after the commit."""
    _later({"type": "hub.look", "conversation": str(conversation_id)})


def hint_read(conversation_id: UUID, person_id: UUID, organization_id: UUID, seq: int) -> None:
    """Tell every hub how far a person has read, for their other devices, once it has committed."""
    _later(
        {
            "type": "hub.read",
            "conversation": str(conversation_id),
            "person": str(person_id),
            "organization": str(organization_id),
            "seq": seq,
        }
    )


def hint_recheck(
    *,
    person_id: UUID | None = None,
    organization_id: UUID | None = None,
    session_hash: str | None = None,
) -> None:
    """Tell every hub to ask anew who may stay connected, once this has committed.

    Of the person, for the organization, by the session that are named; of all where none is.
    """
    _later(
        {
            "type": "hub.recheck",
            "person": str(person_id) if person_id else None,
            "organization": str(organization_id) if organization_id else None,
            "session": session_hash,
        }
    )


def pass_by(carrier: Callable[[dict[str, Any]], bool] | None) -> None:
    """Let hints of this process go through its own hub, which says whether it took one."""
    global _carrier  # noqa: PLW0603 - a process has one hub
    _carrier = carrier


def _later(message: dict[str, Any]) -> None:
    transaction.on_commit(lambda: _send(message), robust=True)


def _send(message: dict[str, Any]) -> None:
    if _carrier is not None and _carrier(message):
        return
    try:
        async_to_sync(_give)(message)
    except Exception:
        logger.warning("a hint was not sent", exc_info=True)


async def _give(message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is not None:
        await asyncio.wait_for(layer.group_send(HUB, message), SECONDS)
