"""Programs as their group's desk shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from directory.enums import Claim, Freshness
from directory.models import HeldChange, Listing, Program, ProgramDraft
from directory.queries.cursor import Cursor, Page, page_in_order
from directory.queries.freshness import freshness_on
from directory.queries.orders import Order
from directory.queries.program_values import with_values
from network.tenancy import Actor

KIND = "desk programs"
BY_SLUG = Order(KIND, ("slug", "id"), str, UUID)
# What ends a change that waits.
ENDS = ("confirmed_at", "released_at", "cancelled_at")
OPEN = Q(**dict.fromkeys(ENDS))


@dataclass(frozen=True, slots=True)
class DeskProgram:
    """A program in its group's list: what stands where, and until when a change waits."""

    program: Program
    name: str
    name_language: str
    is_public: bool
    has_draft: bool
    held_until: dt.datetime | None
    freshness: Freshness

    @property
    def is_waiting(self) -> bool:
        """Whether a change waits to be public."""
        return self.held_until is not None

    @property
    def is_deleted(self) -> bool:
        """Whether it was deleted, and can still be brought back."""
        return self.program.deleted_at is not None


def own_programs(actor: Actor) -> QuerySet[Program]:
    """The programs of the organization acted for that were not deleted."""
    return Program.objects.filter(organization=actor.organization_id, deleted_at=None)


def programs_of(actor: Actor, cursor: Cursor | None = None, size: int = 50) -> Page[DeskProgram]:
    """A page of the programs of the organization acted for, by address. Three queries."""
    rows = with_values(marked_programs(own_programs(actor), actor))
    page = page_in_order(rows, BY_SLUG, cursor, size)
    return Page([desk_program(row) for row in page.rows], page.previous, page.next)


def program_for(actor: Actor, slug: str) -> Program:
    """One program of the organization acted for, deleted or not, with its values. Three queries.

    Raises:
        Program.DoesNotExist: the organization has no program at this address.
    """
    rows = Program.objects.filter(organization=actor.organization_id)
    return with_values(marked_programs(rows, actor)).get(slug=slug)


def program_by_id(actor: Actor, pk: UUID) -> Program:
    """One program that was not deleted, with its values. Three queries.

    Raises:
        Program.DoesNotExist: the organization has no such program.
    """
    return with_values(marked_programs(own_programs(actor), actor)).get(pk=pk)


def draft_of(actor: Actor, program: Program | None) -> ProgramDraft:
    """What the actor wrote and did not save; an empty draft where there is none. One query."""
    if actor.person_id is None:
        return ProgramDraft(program=program)
    found = ProgramDraft.objects.filter(program=program, person_id=actor.person_id)
    return found.first() or ProgramDraft(program=program, person_id=actor.person_id)


def held_change_of(program: Program) -> HeldChange | None:
    """What waits to be public of a program. One query."""
    return HeldChange.objects.filter(OPEN, program=program).first()


def programs_held_for(actor: Actor) -> list[Program]:
    """The programs of which a change waits that the actor did not ask for. Up to two queries."""
    held = HeldChange.objects.filter(OPEN, organization=actor.organization_id)
    others = [one.program_id for one in held if str(actor.person_id) not in one.askers]
    if not others:
        return []
    return list(
        own_programs(actor).filter(pk__in=others).prefetch_related("texts").order_by("slug")
    )


def desk_program(program: Program) -> DeskProgram:
    """A program that was loaded with its values and marks, for the desk. No query."""
    language, name = shown_name(program)
    marked: Any = program
    return DeskProgram(
        program=program,
        name=name,
        name_language=language,
        is_public=marked.is_public,
        has_draft=marked.own_draft is not None,
        held_until=marked.held_until,
        freshness=freshness_on(program.confirmed_on, timezone.localdate()),
    )


def shown_name(program: Program) -> tuple[str, str]:
    """The language and the name by which the public would know it; both may be empty."""
    names = {text.language: text.name for text in program.texts.all()}
    return first_name(names, program.languages, program.withheld)


def first_name(
    names: Mapping[str, str], languages: Sequence[str], withheld: Sequence[str]
) -> tuple[str, str]:
    """The same of names by language, for a program with these languages and withheld fields."""
    preferred = [] if "languages" in withheld else languages
    first = next((code for code in (*preferred, *sorted(names)) if names.get(code)), "")
    return first, names.get(first, "")


def marked_programs(programs: QuerySet[Program], actor: Actor) -> QuerySet[Program]:
    """These programs with what `desk_program` wants to know of each. No query.

    Joined, since a program has at most one open change and one draft of each person; both belong
    to the organization acted for.
    """
    return programs.select_related("relay").annotate(
        own=FilteredRelation(
            "drafts",
            condition=Q(drafts__organization=actor.organization_id, drafts__person=actor.person_id)
            & ~Q(drafts__values={}),
        ),
        open=FilteredRelation(
            "held_changes",
            condition=Q(
                held_changes__organization=actor.organization_id,
                **{f"held_changes__{name}": None for name in ENDS},
            ),
        ),
        is_public=Exists(Listing.objects.filter(pk=OuterRef("pk"), claim=Claim.OWN)),
        own_draft=F("own__id"),
        held_until=F("open__held_until"),
    )
