"""Which database role does what."""

from __future__ import annotations

from typing import Any

from django.conf import settings


class OwnerIsForMigrations:
    """Tables are made by their owner where there is one; everything else is the serving role's."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the owner migrates, where there is one."""
        return db == ("owner" if settings.HAS_OWNER_ROLE else "default")

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        """Both roles see the same database."""
        return True
