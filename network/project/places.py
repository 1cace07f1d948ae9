"""How many may be connected at once, in all and from one address.

Addresses are held in memory for as long as their connections live. They are never written down,
and what a header says about an address is not believed: whoever connects could say anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address

# Beyond the cap: so many more are told that it is full, and health is answered there.
SPARE = 32
SPARE_FROM_ADDRESS = 4


def is_nearby(host: str) -> bool:
    """Whether an address is of this machine or of a private network, as that of a proxy is.

    Behind a proxy all readers come from one address, so a cap for each would be one for all.
    """
    return not _plain(host).is_global


@dataclass(frozen=True)
class Limits:
    """How many connections, and seconds for their parts. `per_address` 0 is no cap.

    `sockets` may be open beside the `connections`.
    """

    connections: int = 512
    per_address: int = 32
    sockets: int = 4000
    head_seconds: float = 10
    body_seconds: float = 20
    upload_seconds: float = 120
    idle_seconds: float = 15
    spare_seconds: float = 3
    is_exempt: Callable[[str], bool] = is_nearby


@dataclass(frozen=True)
class Place:
    """What one connection takes up; the source is absent where addresses are not counted."""

    source: bytes | None
    is_spare: bool
    is_socket: bool = False


@dataclass
class Places:
    """The places that are taken, counted by source."""

    limits: Limits
    _taken: dict[Place, int] = field(default_factory=dict)
    _totals: Counter[str] = field(default_factory=Counter)

    def place_for(self, host: str | None) -> Place | None:
        """A place for a connection from there, not yet taken; nothing where none is left."""
        source = None if host is None or self.limits.is_exempt(host) else _source(host)
        ordinary, spare = Place(source, is_spare=False), Place(source, is_spare=True)
        cap = self.limits.per_address if source is not None else 0
        if self._totals["ordinary"] < self.limits.connections and self._has_room(ordinary, cap):
            return ordinary
        # Half is kept for those nearby, who ask how the node is.
        spares, cap = (SPARE, 0) if source is None else (SPARE // 2, SPARE_FROM_ADDRESS)
        if self._totals["spare"] < spares and self._has_room(spare, cap):
            return spare
        return None

    def as_socket(self, place: Place) -> Place:
        """The place, taken, of a connection that was accepted as a socket.

        It leaves its own to others while there is one for sockets. Whoever is accepted has shown
        who they are, and how many sockets one person has is counted elsewhere: their address is
        forgotten.
        """
        if self._totals["socket"] >= self.limits.sockets:
            return place
        self.leave(place)
        turned = Place(None, is_spare=False, is_socket=True)
        self.take(turned)
        return turned

    def take(self, place: Place) -> None:
        """Count it."""
        self._taken[place] = self._taken.get(place, 0) + 1
        self._totals[_kind(place)] += 1

    def leave(self, place: Place) -> None:
        """Count it no more, and forget its source with the last of its connections."""
        self._totals[_kind(place)] -= 1
        self._taken[place] -= 1
        if not self._taken[place]:
            del self._taken[place]

    def _has_room(self, place: Place, cap: int) -> bool:
        return not cap or self._taken.get(place, 0) < cap


def _kind(place: Place) -> str:
    if place.is_socket:
        return "socket"
    return "spare" if place.is_spare else "ordinary"


def _source(host: str) -> bytes:
    """What is counted as one: an address, or the network that one customer has of IPv6."""
    address = _plain(host)
    return address.packed if isinstance(address, IPv4Address) else address.packed[:8]


def _plain(host: str) -> IPv4Address | IPv6Address:
    address = ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
