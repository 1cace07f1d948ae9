"""A small memory for composed pictures, bounded by their bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class PictureCache:
    """Pictures by key, at most `most` bytes of them; those asked for longest ago go first.

    Safe for several threads. Two that ask for the same missing picture at once both draw it:
    nobody waits for another's drawing.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The bytes held now."""
        with self._lock:
            return self._size

    def __len__(self) -> int:
        with self._lock:
            return len(self._held)

    def get(self, key: Hashable) -> bytes | None:
        """The picture, which thereby counts as asked for last; None if it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Hashable, picture: bytes) -> None:
        """Holds a picture, and lets go of the oldest until all fit; one too large is not held."""
        with self._lock:
            self._size -= len(self._held.pop(key, b""))
            if len(picture) > self.most:
                return
            self._held[key] = picture
            self._size += len(picture)
            while self._size > self.most:
                _oldest, gone = self._held.popitem(last=False)
                self._size -= len(gone)

    def get_or_draw(self, key: Hashable, draw: Callable[[], bytes]) -> bytes:
        """The picture that is held, or the one that `draw` gives, held from then on."""
        found = self.get(key)
        if found is None:
            found = draw()
            self.put(key, found)
        return found

    def clear(self) -> None:
        """Lets go of everything."""
        with self._lock:
            self._held.clear()
            self._size = 0
