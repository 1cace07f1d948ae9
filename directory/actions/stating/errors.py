"""What a statement can meet beside a refusal."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


class StaleError(Exception, Generic[M]):
    """Somebody of the same group changed it meanwhile; `present` is what stands now, if anything.

    Nothing was written. Whoever edits is shown both, and sends again from `present`.
    """

    def __init__(self, present: M | None) -> None:
        """Keep the present row."""
        super().__init__("changed meanwhile")
        self.present = present
