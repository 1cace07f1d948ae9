"""Rows of reminders, see `tests.matrix.rows`."""

from __future__ import annotations

from typing import Any

from network.permissions import Permission as P  # noqa: N817 - in each row

_BOTH = {"GET": P.PROGRAM_PUBLISH, "POST": P.PROGRAM_PUBLISH}
DESK: dict[str, dict[str, Any]] = {
    "desk:reminders": {"methods": _BOTH, "body": {"wanted": "no"}},
}
