"""SQLite's half of append-only tables: its triggers ask which purpose acts."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from network.tenancy.scope import current_actor


def _purpose() -> str:
    actor = current_actor()
    return str(actor.purpose or "") if actor else ""


def _add_function(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("app_purpose", 0, _purpose)


def install() -> None:
    """Give each new SQLite connection `app_purpose()`, the acting purpose or an empty text."""
    connection_created.connect(_add_function, dispatch_uid="network.tenancy.sqlite")
