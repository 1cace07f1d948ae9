"""What another floor adds to the archive of an organization."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from network.tenancy import Actor

# The rows of a part that the one who asked for the archive may read. It opens its own scopes, as
# often as it likes.
Part = Callable[[Actor], Iterator[dict[str, Any]]]
_parts: dict[str, Part] = {}


def add_to_exports(name: str, part: Part) -> None:
    """Let every archive have a part of this name. It is read as who asked for the archive."""
    _parts[name] = part


def parts_of_others() -> dict[str, Part]:
    """All of them, by name."""
    return dict(_parts)
