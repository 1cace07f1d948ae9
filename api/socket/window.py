"""How much a client takes, and how much it may send."""

from __future__ import annotations

from api.socket.frames import CREDIT_BYTES

# So many frames a second over time, and so many at once.
FRAMES_A_SECOND = 20.0
FRAMES_AT_ONCE = 60.0


class Window:
    """The credit of one socket: frames and bytes that were sent and not returned yet."""

    __slots__ = ("_bytes", "_credit", "_sizes")

    def __init__(self, credit: int) -> None:
        """So many frames at once."""
        self._credit = credit
        self._sizes: list[int] = []
        self._bytes = 0

    @property
    def left(self) -> int:
        """How many frames may be sent."""
        return self._credit - len(self._sizes)

    def fits(self, size: int) -> bool:
        """Whether one more frame may be sent; a single one always may, however long."""
        if not self._sizes:
            return True
        return self.left > 0 and self._bytes + size <= CREDIT_BYTES

    def spend(self, size: int) -> None:
        """A frame of so many bytes is sent."""
        self._sizes.append(size)
        self._bytes += size

    def give_back(self, frames: int) -> bool:
        """So many frames were taken; whether that many were out."""
        returned, self._sizes = self._sizes[:frames], self._sizes[frames:]
        self._bytes -= sum(returned)
        return len(returned) == frames


class Bucket:
    """How fast a client sends: a token for each frame, refilled over time."""

    __slots__ = ("_at", "_left")

    def __init__(self, now: float) -> None:
        """Full."""
        self._left, self._at = FRAMES_AT_ONCE, now

    def take(self, now: float, cost: float = 1.0) -> bool:
        """Whether one more may be taken; where not, it is counted all the same, up to as many."""
        refilled = self._left + (now - self._at) * FRAMES_A_SECOND
        self._left = min(refilled, FRAMES_AT_ONCE) - cost
        self._at = now
        if self._left >= 0:
            return True
        self._left = max(self._left, -FRAMES_AT_ONCE)
        return False

    @property
    def is_flooded(self) -> bool:
        """Whether as many came again after the first that was too much."""
        return self._left <= -FRAMES_AT_ONCE

    def wait_ms(self) -> int:
        """Milliseconds until one may be sent."""
        return int(max(1.0 - self._left, 1.0) / FRAMES_A_SECOND * 1000)
