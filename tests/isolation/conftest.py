"""A clock that is set by hand, and the world of the canaries."""

from __future__ import annotations

from typing import Any

import pytest

from tests.isolation.world import NOW, World, forget, make_world


@pytest.fixture
def world(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The directory before the program is public. Two worlds of one test have the same dates."""
    clock = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    made: World = make_world(cast, clock)
    yield made
    forget()
