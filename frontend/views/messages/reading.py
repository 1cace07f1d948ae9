"""Numbers and ids in the addresses of conversations."""

from __future__ import annotations

from uuid import UUID

LARGEST = 2**62


def number_in(text: str) -> int | None:
    """A number of an event; nothing for nothing.

    Raises:
        ValueError: it is none.
    """
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:20]) < LARGEST:
        raise ValueError(text)
    return int(text)


def id_in(text: str) -> UUID | None:
    """The id of an event; nothing for nothing.

    Raises:
        ValueError: it is none.
    """
    return UUID(text) if text else None
