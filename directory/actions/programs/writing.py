"""Writing the values of a program into its rows."""

from __future__ import annotations

from collections.abc import Collection

from directory.models import Program, ProgramFacility, ProgramText
from directory.queries.program_values import (
    TEXTS,
    Values,
    place_columns,
    values_of,
    with_values,
)

_COLUMNS = (
    "status",
    "languages",
    "services",
    "website",
    "contact",
    "capacity",
    "withheld",
)


def write_values(program: Program, values: Values, changed: Collection[str]) -> None:
    """Write those of all its values that changed; the program is locked, and saved here."""
    for name in _COLUMNS:
        setattr(program, name, values[name])
    for column, value in place_columns(values).items():
        setattr(program, column, value)
    program.save(update_fields=[*_COLUMNS, *place_columns(values), "version", "updated_at"])
    if not set(TEXTS).isdisjoint(changed):
        _write_texts(program, values)
    if "facilities" in changed:
        ProgramFacility.objects.filter(program=program).delete()
        ProgramFacility.objects.bulk_create(
            ProgramFacility(
                organization_id=program.organization_id,
                program=program,
                facility_id=place["id"],
                name=place["name"],
            )
            for place in values["facilities"]
        )


def current_values(program: Program) -> Values:
    """The values of a program as they stand in the database. Three queries."""
    return values_of(with_values(Program.objects.filter(pk=program.pk)).get())


def _write_texts(program: Program, values: Values) -> None:
    spoken = {language for name in TEXTS for language in values[name]}
    present = {text.language: text for text in ProgramText.objects.filter(program=program)}
    ProgramText.objects.filter(program=program).exclude(language__in=spoken).delete()
    for language in sorted(spoken):
        text = present.get(language) or ProgramText(
            organization_id=program.organization_id, program=program, language=language
        )
        for name, column in TEXTS.items():
            setattr(text, column, values[name].get(language, ""))
        text.save()
