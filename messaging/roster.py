"""Who is here: the sockets of a process, whose they are, and what they are subscribed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.conf import settings

from messaging.sockets import Socket

# A person for an organization.
Key = tuple[UUID, UUID]


@dataclass(slots=True)
class Followed:
    """A conversation to which sockets are subscribed: up to where it was handed on."""

    sockets: set[Socket] = field(default_factory=set)
    cursor: int | None = None


class Roster:
    """The sockets of one process."""

    def __init__(self) -> None:
        """Nobody."""
        self._sockets: set[Socket] = set()
        self._people: dict[Key, set[Socket]] = {}
        self._held: Counter[UUID] = Counter()
        self._followed: dict[UUID, Followed] = {}
        self._stalled: set[Socket] = set()

    def has_room(self, person: UUID) -> bool:
        """Whether one more socket of a person can be taken."""
        is_full = len(self._sockets) >= settings.SOCKETS
        return not is_full and self._held[person] < settings.SOCKETS_A_PERSON

    def add(self, socket: Socket) -> None:
        """Take a socket."""
        self._sockets.add(socket)
        self._people.setdefault(key_of(socket), set()).add(socket)
        self._held[socket.holder.person_id] += 1

    def remove(self, socket: Socket) -> None:
        """Let a socket go; once more changes nothing."""
        if socket not in self._sockets:
            return
        for conversation in socket.following():
            self.unfollow(socket, conversation)
        self._sockets.discard(socket)
        self._stalled.discard(socket)
        key, person = key_of(socket), socket.holder.person_id
        self._people[key].discard(socket)
        if not self._people[key]:
            del self._people[key]
        self._held[person] -= 1
        if not self._held[person]:
            del self._held[person]

    def of_person(self, person: UUID) -> Iterable[Socket]:
        """All that a person has open here, for whichever organization."""
        found = (sockets for key, sockets in self._people.items() if key[0] == person)
        return tuple(chain.from_iterable(found))

    def follow(self, socket: Socket, conversation: UUID) -> None:
        """Hand new events of a conversation to a socket, as far as its person may see them.

        To be called before the socket reads what is there already: nothing falls between.
        """
        self._followed.setdefault(conversation, Followed()).sockets.add(socket)

    def unfollow(self, socket: Socket, conversation: UUID) -> None:
        """Hand on nothing more of it."""
        followed = self._followed.get(conversation)
        if followed is not None:
            followed.sockets.discard(socket)
            if not followed.sockets:
                del self._followed[conversation]

    def stalled(self, socket: Socket) -> None:
        """Something waits for a socket's credit: it is closed unless some comes."""
        self._stalled.add(socket)


def key_of(socket: Socket) -> Key:
    """Whose a socket is."""
    return socket.holder.person_id, socket.holder.organization_id
