"""The secret key of a deployment that was given none."""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The key kept in the data directory; made on first use, readable by its owner alone."""
    path = data_dir / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another command was a moment faster
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def layer_prefix(key: str) -> str:
    """What the channels of a node are called by on a Redis that others may use, too."""
    return f"visits.{sha256(f'layer {key}'.encode()).hexdigest()[:16]}."
