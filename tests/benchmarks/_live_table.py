"""The table of the control, in the database of the environment."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import psycopg

ADDRESS = os.environ.get("DATABASE_OWNER_URL", "")


def table() -> tuple[Any, str]:
    """A connection to where the words are kept, and how it marks a value."""
    if ADDRESS:
        return psycopg.connect(ADDRESS, autocommit=True), "%s"
    file = Path(os.environ["DATA_DIR"]).with_suffix(".naive.sqlite3")
    return sqlite3.connect(file, timeout=20, isolation_level=None), "?"
