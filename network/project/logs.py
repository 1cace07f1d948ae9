"""What the log never holds."""

from __future__ import annotations

import logging


class WithoutRequests(logging.Filter):
    """Takes the request out of a record: its path, its headers, its address.

    Django puts the request and its path into the records of refused and failed answers. What is
    left says what kind of failure it was and where in the code.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always pass the record, cleaned."""
        if record.name.startswith(("django.request", "django.security")):
            record.args = ()
            status = getattr(record, "status_code", None)
            record.msg = "a request was refused" if status is None else f"answered {status}"
        for name in ("request", "status_code"):
            if hasattr(record, name):
                delattr(record, name)
        return True
