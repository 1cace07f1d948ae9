"""One request of a test, and what it is answered with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One request, and the status that answers it."""

    path: str
    method: str = "GET"
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
