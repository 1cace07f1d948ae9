"""Loading the working copies of an export."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.actions.importing.report import RowRefusedError
from directory.actions.moving.checking import (
    checked_program,
    checked_version,
    fitting,
)
from directory.actions.moving.coarsening import coarsen_program, coarsen_snapshot
from directory.actions.moving.report import LoadReport
from directory.actions.programs.history import keep_version
from directory.enums import Claim
from directory.models import (
    Claimed,
    Country,
    Facility,
    Listing,
    Program,
    ProgramFacility,
    ProgramText,
    ProgramVersion,
    Suppression,
)
from directory.queries.export.parts import PROGRAM, TEXT, program_row
from directory.queries.program_values import values_of, with_values
from network.models import Organization
from network.tenancy import Actor


def load_program(
    organization: Organization,
    row: Any,
    renames: dict[str, str],
    report: LoadReport,
    lives_here: bool,
) -> str:
    """What became of one working copy: created, updated, unchanged or `lives_here`.

    Raises:
        RowRefusedError: it is not fit, or its address or id is another's.
    """
    row = checked_program(row)
    row["slug"] = renames.get(row["slug"], row["slug"])
    present = Program.objects.select_related(None).filter(pk=row["id"]).first()
    if present is not None and present.organization_id != organization.pk:
        raise RowRefusedError("This program belongs to another group here.")
    if present is not None and lives_here:
        return "lives_here"
    _check_free(organization, row)
    if not Country.objects.filter(iso2=row["country"]).exists():
        raise RowRefusedError(
            f"This node does not know the country {row['country']}. Run import_countries first."
        )
    coarsen_program(row)
    row["places"] = _known(row["places"])
    # Which listings a program takes the place of is decided here, by a claim; never by a file.
    held = list(present.replaces) if present is not None else []
    if wanted := set(row["replaces"]) - set(held):
        report.kept["claim"] += len(wanted)
    row["replaces"] = held
    if Suppression.objects.filter(kind=Suppression.Kind.LISTING, slug=row["slug"]).exists():
        report.suppressed.append(row["slug"])
    if present is not None and _same(present, row):
        return "unchanged"
    _write(present or Program(pk=row["id"], organization=organization), row)
    return "created" if present is None else "updated"


def load_version(organization: Organization, row: Any) -> str:
    """What became of one state in the history of a working copy: created or unchanged.

    Who saved it elsewhere is nobody here.

    Raises:
        RowRefusedError: it is not fit, or of a program that was not loaded.
    """
    row = checked_version(row)
    program = Program.objects.filter(pk=row["program"], organization=organization).first()
    if program is None:
        raise RowRefusedError("This is the history of a program that was not loaded.")
    coarsen_snapshot(row["snapshot"], program.country)
    present = ProgramVersion.objects.filter(program_id=row["program"], version=row["version"])
    if present.exists():
        return "unchanged"
    if ProgramVersion.objects.filter(pk=row["id"]).exists():
        raise RowRefusedError("This version has the id of another here.")
    version = ProgramVersion(
        pk=row["id"],
        organization=organization,
        program_id=row["program"],
        created_at=row["created_at"],
        **{name: row[name] for name in ("version", "changed", "snapshot")},
    )
    fitting(version)
    version.save_base(raw=True, force_insert=True)
    return "created"


def complete_history(actor: Actor, organization: Organization) -> None:
    """See to it that the present state of each working copy is in its history.

    Whoever edits is measured by it.
    """
    for program in with_values(Program.objects.filter(organization=organization)):
        known = ProgramVersion.objects.filter(program=program, version=program.version)
        if not known.exists():
            keep_version(actor, program=program, changed=(), values=values_of(program))


def _known(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places with the facilities that this node has; the others by name only."""
    asked = [place["facility"] for place in places if place["facility"]]
    there = set(Facility.objects.filter(pk__in=asked).values_list("pk", flat=True))
    return [
        {
            "name": place["name"],
            "facility": place["facility"] if place["facility"] in there else None,
        }
        for place in places
    ]


def _check_free(organization: Organization, row: dict[str, Any]) -> None:
    """Refuse an address that another program has, in public or of the same group.

    Raises:
        RowRefusedError: with what to write instead.
    """
    slug: str = row["slug"]
    pk: UUID = row["id"]
    own = Program.objects.filter(slug=slug, organization=organization).exclude(pk=pk)
    taken = (
        own.exists()
        or Claimed.objects.filter(slug=slug).exclude(program_id=pk).exists()
        or Listing.objects.filter(slug=slug).exclude(pk=pk).exclude(claim=Claim.UNCLAIMED).exists()
    )
    if taken:
        raise RowRefusedError(
            f"The address {slug!r} belongs to another program here. Choose another: "
            f"--rename {slug}=NEW"
        )


def _same(present: Program, row: dict[str, Any]) -> bool:
    told = program_row(present)
    mine = {**row, "created_at": told["created_at"]}
    mine["texts"] = sorted(mine["texts"], key=lambda text: str(text["language"]))
    mine.pop("here")
    told.pop("here")
    return mine == told


def _write(program: Program, row: dict[str, Any]) -> None:
    for name in (*PROGRAM, "confirmed_on", "created_at"):
        setattr(program, name, row[name])
    program.updated_at = timezone.now()
    fitting(program)
    program.save_base(raw=True)
    ProgramText.objects.filter(program=program).delete()
    ProgramFacility.objects.filter(program=program).delete()
    for text in row["texts"]:
        if ProgramText.objects.filter(pk=text["id"]).exists():
            raise RowRefusedError("A text has the id of another here.")
        made = ProgramText(
            pk=text["id"],
            organization_id=program.organization_id,
            program=program,
            **{name: text[name] for name in TEXT},
        )
        fitting(made)
        made.save(force_insert=True)
    for place in row["places"]:
        visit = ProgramFacility(
            organization_id=program.organization_id,
            program=program,
            facility_id=place["facility"],
            name=place["name"],
        )
        fitting(visit)
        visit.save()
