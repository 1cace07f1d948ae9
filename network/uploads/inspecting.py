"""What a file is, decided by decoding it in another process; and why it is not taken."""

from __future__ import annotations

import hashlib
import json
import subprocess  # nosec B404 - our own program, see `_decoded`
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.enums import UploadKind
from network.uploads.pictures import MAX_WRITTEN

MAX_BYTES = 5 * 1024 * 1024
SECONDS = 40
# The worst accepted picture takes about 330 MB while it is decoded: one at a time.
AT_ONCE = 1
_ROOT = Path(__file__).resolve().parents[2]
_turns = threading.BoundedSemaphore(AT_ONCE)

_KINDS = _("Choose a JPEG, PNG or WebP picture, a PDF, or a plain text in UTF-8.")
_REASONS = {
    "empty": _("The file is empty. Choose another."),
    "long": _("Choose a file of at most 5 MB."),
    "not_a_picture": _("Choose a picture: JPEG, PNG or WebP."),
    "broken": _("This picture is damaged. Open it, save it anew as JPEG or PNG, and try again."),
    "pixels": _("Choose a picture of at most 20 megapixels, or make this one smaller."),
    "animated": _("Moving pictures are not taken. Save one of its pictures and choose that."),
    "heavy": _("This picture is too large to keep. Save it as JPEG, or make it smaller."),
    "pdf_broken": _("This PDF is damaged or incomplete. Save it anew and try again."),
    "pdf_locked": _("This PDF is locked. Save it without a password and try again."),
    "pdf_active": _(
        "This PDF has a script, an attached file or a form that sends. Print it to a new PDF and "
        "choose that."
    ),
    "text_encoding": _KINDS,
    "text_control": _("Take the control characters out of this text and save it as UTF-8."),
    "text_turning": _(
        "Take the invisible characters that turn the direction of text out of this file."
    ),
    "busy": _("Another file is being looked at. Wait a few seconds and send yours again."),
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is kept of a file that was sent: pictures are written anew, all else is as it was."""

    use: UploadKind
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        """Of what is kept, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def inspect(data: bytes, use: UploadKind, *, is_kept: bool = False) -> Inspected:
    """What to keep of a file, for one use. Asks no database, and may take seconds.

    One file is decoded at a time in each process: the next waits for it. A file that `is_kept`
    already may be as long as one that was written anew.

    Raises:
        ValidationError: it is not taken; the code says why.
    """
    if not data:
        raise refusal("empty")
    if len(data) > (MAX_WRITTEN if is_kept else MAX_BYTES):
        raise refusal("long")
    if not _turns.acquire(timeout=SECONDS):
        raise refusal("busy")
    try:
        said, content = _decoded(data, use)
    finally:
        _turns.release()
    if "refused" in said:
        raise refusal(said["refused"])
    return Inspected(use, said["media_type"], content, said.get("width"), said.get("height"))


def refusal(code: str) -> ValidationError:
    """The error that says what to choose instead."""
    return ValidationError(_REASONS.get(code, _KINDS), code=code)


def _decoded(data: bytes, use: str) -> tuple[dict[str, Any], bytes]:
    """What the decoder says. One that died or took too long was given a file to break it."""
    try:
        # The program and its arguments are ours; the file comes in by standard input.
        run = subprocess.run(  # noqa: S603  # nosec B603 - nothing of a reader is an argument
            [sys.executable, "-E", "-s", "-m", "network.uploads.decoder", use],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {"refused": "broken"}, b""
    head, _sep, content = run.stdout.partition(b"\n")
    return json.loads(head), content
