"""Whose rights a hub is to ask anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from messaging.sockets import Socket

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose rights are to be asked anew; everybody's where nothing is named."""

    person: UUID | None = None
    organization: UUID | None = None
    session: str | None = None

    @classmethod
    def of(cls, message: Message) -> Asked:
        """What a hint names."""
        person, organization = message.get("person"), message.get("organization")
        session = message.get("session")
        return cls(
            UUID(person) if person else None,
            UUID(organization) if organization else None,
            str(session) if session else None,
        )

    def concerns(self, socket: Socket) -> bool:
        """Whether a socket is one of them."""
        one = socket.holder
        return (
            self.person in (None, one.person_id)
            and self.organization in (None, one.organization_id)
            and self.session in (None, one.session)
        )
