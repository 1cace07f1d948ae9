"""What the log never holds: requests, and whatever readers sent."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

OURS = ("network", "directory", "messaging", "api", "frontend")


class WithoutRequests(logging.Filter):
    """Takes everything that could come from a reader out of a record.

    Our own records are written with care and pass. Those of libraries may quote what was sent: of
    them only the logger's name, the level and the places in the code are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always pass the record, cleaned."""
        if record.name.split(".", 1)[0] not in OURS:
            record.msg = f"a fault in {record.module}.{record.funcName}"
            record.args = ()
        for name in ("request", "status_code"):
            if hasattr(record, name):
                delattr(record, name)
        return True


class PlacesOnly(logging.Formatter):
    """Writes of an exception its type and the places in the code, never its text or values."""

    def formatException(  # noqa: N802 - the name is the base class's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """One line for each frame, the innermost last."""
        kind, _error, trace = ei
        frames = traceback.extract_tb(trace)
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join([f"{kind.__name__ if kind else 'error'} at", *places])
