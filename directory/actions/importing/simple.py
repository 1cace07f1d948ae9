"""Files of which each row is one row of one table."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from django.db import models

from directory.actions.importing.engine import Draft, Kind, adopt, differs, save_rows

M = TypeVar("M", bound=models.Model)


class SimpleKind(Kind[M]):
    """A kind of file whose rows are compared column by column with what is there.

    A row that people have edited is kept as it is.
    """

    model: type[M]
    fields: ClassVar[tuple[str, ...]]

    @abstractmethod
    def existing(self, rows: Sequence[M]) -> dict[str, M]:
        """The rows that are there, by natural key. One query."""

    def write(self, drafts: Sequence[Draft[M]]) -> None:
        """Create, update, leave or keep each row. Three queries at most."""
        existing = self.existing([draft.row for draft in drafts])
        changed = [draft.row for draft in drafts if self._is_changed(draft, existing)]
        if not self.report.dry_run:
            save_rows(self.model, changed, self.fields)

    def _is_changed(self, draft: Draft[M], existing: dict[str, M]) -> bool:
        """Whether a row is to be written; counted in the report either way."""
        found = {row.pk: row for key in draft.keys if (row := existing.get(key)) is not None}
        if not found:
            self.report.created += 1
            return True
        if len(found) > 1:
            self.report.refuse(
                draft.line, "Two rows that are there already fit this one. Merge them first."
            )
            return False
        return self._replaces(draft, found.popitem()[1])

    def _replaces(self, draft: Draft[M], old: M) -> bool:
        """Whether a row takes the place of the one that is there."""
        if getattr(old, "edited_at", None) is not None:
            self.report.keep(draft.line, draft.keys[0], "edited")
            return False
        if not differs(old, draft.row, self.fields):
            self.report.unchanged += 1
            return False
        adopt(draft.row, old)
        self.report.updated += 1
        return True
