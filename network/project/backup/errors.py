"""What is told to whoever makes or loads a backup."""

from __future__ import annotations


class BackupError(Exception):
    """It cannot be done; the text says why and what to do instead. Nothing was changed."""
