"""Counting what a page asks the database, on either one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# What opens a scope on PostgreSQL.
OPENING = ("set_config", "current_setting", "SAVEPOINT")


@contextmanager
def questions(number: int) -> Iterator[None]:
    """So many questions are asked within it, those that open a scope left out."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [one["sql"] for one in captured if not any(word in one["sql"] for word in OPENING)]
    assert len(asked) == number, (len(asked), asked)
