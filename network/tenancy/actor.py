"""The actor: who acts, for which organization, and by which way in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """Why the system itself acts. Row security has a policy for each that needs one."""

    DIGEST = "digest"
    FOLLOW = "follow"
    HUB = "hub"
    IMPORT = "import"
    MAIL = "mail"
    MESSENGER = "messenger"
    OPERATOR = "operator"
    PURGE = "purge"
    RELEASE = "release"
    SIGN_IN = "sign_in"
    STEWARD = "steward"


class Via(StrEnum):
    """The way in by which an actor came."""

    API = "api"
    COMMAND = "command"
    PAGE = "page"
    SOCKET = "socket"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person for one organization, a visitor, or the system with a purpose.

    Every action takes one as its first argument, every query of private data names one as its
    viewer. It holds ids only; roles are read at the moment of the question, see `can`.
    """

    via: Via
    person_id: UUID | None = None
    organization_id: UUID | None = None
    purpose: Purpose | None = None

    def __post_init__(self) -> None:
        """Refuse an actor that is a person and the system at once.

        Raises:
            ValueError: both a person and a purpose, but for a steward; or an organization without
                a person.
        """
        if self.purpose is Purpose.STEWARD:
            if self.person_id is None or self.organization_id is not None:
                raise ValueError("a steward is a person, and acts for no organization")
        elif self.purpose is not None and self.person_id is not None:
            raise ValueError("a person never acts with a system purpose")
        if self.organization_id is not None and self.person_id is None and self.purpose is None:
            raise ValueError("an organization acts through a person or a purpose")

    @property
    def someone(self) -> UUID:
        """The person who acts, where only a person can.

        Raises:
            ValueError: nobody is signed in, or the system acts.
        """
        if self.person_id is None:
            raise ValueError("only a person does this")
        return self.person_id

    @property
    def acted_for(self) -> UUID:
        """The organization acted for, where there must be one.

        Raises:
            ValueError: nobody is acted for.
        """
        if self.organization_id is None:
            raise ValueError("this is done for an organization")
        return self.organization_id


def visitor(via: Via = Via.PAGE) -> Actor:
    """The actor of somebody without an account."""
    return Actor(via=via)


def member(person_id: UUID, organization_id: UUID, via: Via = Via.PAGE) -> Actor:
    """The actor of a person who acts for one organization."""
    return Actor(via=via, person_id=person_id, organization_id=organization_id)


def steward(person_id: UUID, via: Via = Via.PAGE) -> Actor:
    """The actor of a person who looks after this node; the gate asks whether they do."""
    return Actor(via=via, person_id=person_id, purpose=Purpose.STEWARD)


def system(purpose: Purpose, via: Via = Via.COMMAND, organization_id: UUID | None = None) -> Actor:
    """The actor of the system itself, for one named purpose."""
    return Actor(via=via, purpose=purpose, organization_id=organization_id)
