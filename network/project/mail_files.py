"""Mails as files: one file a mail, for a node that has no relay yet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's, with a name that nothing else has.

    Django names a file for the second and for where the backend lies in memory, so that two mails
    of one second can end up in one file.
    """

    _fname: str | None

    def _get_filename(self) -> str:
        if self._fname is None:
            moment = dt.datetime.now(tz=dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
            self._fname = str(Path(self.file_path) / f"{moment}-{uuid4().hex}.log")
        return self._fname
