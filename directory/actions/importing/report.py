"""What an import did, row by row where it matters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LONGEST_REASON = 300
KEPT_NAMED = 1000
WORDS_NAMED = 200


class ImportFileError(Exception):
    """The file as a whole cannot be imported; the text says what to do instead."""


class RowRefusedError(Exception):
    """One row cannot be imported; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left out: the line on which it begins, the header being 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was left as it is: its line, its key, and `claimed`, `edited` or `suppressed`."""

    line: int
    key: str
    reason: str


@dataclass(slots=True)
class Report:
    """Counts of rows and what was refused or kept.

    `unknown_words` are words outside the vocabularies, as `column: word`, with how often each
    was met. `rolled_back` says that refusals undid the whole import; nothing was written then,
    and `created` and `updated` are 0. With `dry_run` the counts are what would have been.
    """

    kind: str
    dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    kept_rows: list[Kept] = field(default_factory=list)
    unknown_words: Counter[str] = field(default_factory=Counter)
    ignored_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    rolled_back: bool = False

    def refuse(self, line: int, reason: str) -> None:
        """Note a row that is left out."""
        self.refused.append(Refusal(line, reason[:LONGEST_REASON]))

    def keep(self, line: int, key: str, reason: str) -> None:
        """Note a row that is left as it is; the first thousand by name, all of them by number."""
        self.kept[reason] += 1
        if len(self.kept_rows) < KEPT_NAMED:
            self.kept_rows.append(Kept(line, key, reason))

    def meet(self, column: str, word: str) -> None:
        """Note a word outside a vocabulary."""
        key = f"{column}: {word}"
        if key in self.unknown_words or len(self.unknown_words) < WORDS_NAMED:
            self.unknown_words[key] += 1

    def undo(self) -> None:
        """Note that nothing was written because rows were refused."""
        self.rolled_back = True
        self.created = self.updated = 0

    @property
    def has_written(self) -> bool:
        """Whether rows of the database differ from before."""
        return not self.dry_run and not self.rolled_back and bool(self.created + self.updated)

    def counts(self) -> dict[str, int]:
        """The numbers alone."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": self.kept.total(),
            "refused": len(self.refused),
        }

    def as_document(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            **self.counts(),
            "refused": [{"line": r.line, "reason": r.reason} for r in self.refused],
            "kept_reasons": dict(self.kept),
            "kept_rows": [
                {"line": k.line, "key": k.key, "reason": k.reason} for k in self.kept_rows
            ],
            "ignored_columns": list(self.ignored_columns),
            "missing_columns": list(self.missing_columns),
            "unknown_words": dict(self.unknown_words),
            "dry_run": self.dry_run,
            "rolled_back": self.rolled_back,
        }
