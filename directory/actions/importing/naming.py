"""The facility that a row names, by slug or by a name that is certain."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directory.actions.importing.cells import Cells, shown
from directory.actions.importing.places import Land
from directory.actions.importing.report import RowRefusedError
from directory.queries.import_facilities import FacilityNames

LONGEST_SLUG = 100
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a row names it, with the facility where that is certain.

    `handle` is the slug in the file, or the name where it gives none: what makes the row's key.
    """

    facility_id: UUID | None
    name: str
    handle: str


def named_in(cells: Cells, land: Land, facilities: FacilityNames) -> Named:
    """The place of `facility_slug` and `facility_name`.

    Raises:
        RowRefusedError: no facility has the slug, it lies in another country, or both are empty.
    """
    slug = cells.slug("facility_slug", LONGEST_SLUG, required=False)
    name = cells.text("facility_name", LONGEST_NAME, required=not slug)
    if not slug:
        return Named(facilities.certain(name, land.id), name, name)
    known = facilities.by_slug.get(slug)
    if known is None:
        raise RowRefusedError(
            f'facility_slug "{shown(slug)}" is no facility here. Import its row first, or leave '
            "the slug empty and write facility_name."
        )
    if known.country_id != land.id:
        raise RowRefusedError(
            f'facility_slug "{shown(slug)}" is not in {land.iso2}. Write the country it is in.'
        )
    return Named(known.id, name or known.name, slug)
