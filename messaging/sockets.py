"""What the hub knows of a socket, and what it hands to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from messaging.queries.holding import Holder


class Bye(StrEnum):
    """Why a socket is closed."""

    RECONNECT = "reconnect"
    UNAUTHENTICATED = "unauthenticated"
    REVOKED = "revoked"
    SLOW = "slow"
    REPLACED = "replaced"
    UPGRADE = "upgrade"
    RATE = "rate"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as text, made once for all who may see it; `size` is in bytes."""

    seq: int
    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Came:
    """That a device of a person has said hello, at a moment by the clock on the wall."""

    person: UUID
    device: str
    at: float

    @classmethod
    def of(cls, message: dict[str, Any]) -> Came:
        """What a hint says."""
        return cls(UUID(message["person"]), str(message["device"]), float(message["at"]))

    def message(self) -> dict[str, Any]:
        """The hint of it."""
        return {
            "type": "hub.device",
            "person": str(self.person),
            "device": self.device,
            "at": self.at,
        }

    def replaces(self, other: Came | None) -> bool:
        """Whether the other is of the same device, and came before.

        Of two that came to two processes at once each hears of the other, and only one may go.
        """
        if other is None:
            return False
        is_same = (self.person, self.device) == (other.person, other.device)
        return is_same and other.at < self.at


class Socket(Protocol):
    """A socket of one person in one organization.

    `until` is when it has to show again that it may be, and `rotates_at` when it is closed in any
    case, `stalled_since` since when something waits for credit, all by the clock of the loop.
    `came` is whose device has said hello and when. None of its methods waits for the other side.
    """

    holder: Holder
    came: Came | None
    until: float
    rotates_at: float
    stalled_since: float | None

    def may_stay(self, until: dt.datetime) -> None:
        """It may, until then."""

    def follows(self, conversation: UUID) -> bool:
        """Whether it is subscribed."""

    def following(self) -> Sequence[UUID]:
        """What it is subscribed to."""

    async def events(self, conversation: UUID, told: Sequence[Told]) -> None:
        """Take new events of a conversation, in order and without a gap, all of them its own."""

    async def feed(self, kind: str, conversation: UUID, seq: int) -> None:
        """Take note that something happened elsewhere."""

    async def revoked(self, conversation: UUID) -> None:
        """Be subscribed no more: the person takes part no more."""

    async def leave(self, why: Bye) -> None:
        """Say goodbye and close."""
