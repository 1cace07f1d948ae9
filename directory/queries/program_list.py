"""The list of a group's programs on its desk: as values, and no more of each than is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.enums import Freshness
from directory.models import Program, ProgramText
from directory.queries.cursor import Cursor, Page, page_in_order
from directory.queries.freshness import freshness_on
from directory.queries.programs import BY_SLUG, first_name, marked_programs, own_programs
from network.tenancy import Actor

_NAMING = ("id", "slug", "languages", "withheld")
_MARKS = ("confirmed_on", "is_public", "own_draft", "held_until")


@dataclass(frozen=True, slots=True)
class ListedProgram:
    """A program in its group's list: its name, and what stands where."""

    slug: str
    name: str
    name_language: str
    is_public: bool
    has_draft: bool
    is_waiting: bool
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class DeletedProgram:
    """A program that was deleted and can still be brought back."""

    slug: str
    name: str
    name_language: str
    deleted_at: dt.datetime


def program_list(
    actor: Actor, cursor: Cursor | None = None, size: int = 50
) -> tuple[Page[ListedProgram], list[DeletedProgram]]:
    """A page of the programs of the organization acted for, by address, and those deleted.

    The deleted ones are those that can still be brought back, the last first. Three queries,
    however many there are.

    Raises:
        BadCursorError: the cursor's texts are none of this list.
    """
    rows = marked_programs(own_programs(actor), actor).values(*_NAMING, *_MARKS)
    page = page_in_order(rows, BY_SLUG, cursor, size)
    deleted = list(
        Program.objects.filter(organization=actor.organization_id, deleted_at__isnull=False)
        .order_by("-deleted_at", "id")
        .values(*_NAMING, "deleted_at")
    )
    names = _names_of(row["id"] for row in (*page.rows, *deleted))
    today = timezone.localdate()
    listed = [
        ListedProgram(
            **_named(row, names),
            is_public=row["is_public"],
            has_draft=row["own_draft"] is not None,
            is_waiting=row["held_until"] is not None,
            freshness=freshness_on(row["confirmed_on"], today),
        )
        for row in page.rows
    ]
    gone = [DeletedProgram(**_named(row, names), deleted_at=row["deleted_at"]) for row in deleted]
    return Page(listed, page.previous, page.next), gone


def _names_of(programs: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The names of some programs by language. One query."""
    found: dict[UUID, dict[str, str]] = {}
    texts = ProgramText.objects.filter(program__in=list(programs))
    for program, language, name in texts.values_list("program_id", "language", "name"):
        found.setdefault(program, {})[language] = name
    return found


def _named(row: dict[str, Any], names: dict[UUID, dict[str, str]]) -> dict[str, str]:
    language, name = first_name(names.get(row["id"], {}), row["languages"], row["withheld"])
    return {"slug": row["slug"], "name": name, "name_language": language}
