"""`facilities.csv`: what one source says of places of detention, as claims."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.actions.importing.cells import Cells
from directory.actions.importing.engine import Draft, Kind, adopt, differs, save_rows
from directory.actions.importing.facility_row import FACILITY_COLUMNS, facility_claim
from directory.actions.importing.places import Lands
from directory.actions.importing.report import Report
from directory.actions.indexing import forget_unused_words, index_facilities
from directory.ids import row_id
from directory.models import Country, Facility, FacilityClaim
from directory.queries.facility_display import GROUPS, SOURCE, STATUS, displayed, statement_of

_CLAIMED = ("values", "as_of", "as_of_basis", "retrieved", "text_language")
_SHOWN = tuple(name for group in (*GROUPS, STATUS, SOURCE) for name in group if name != "country")


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A place by its slug, and the claim of the file about it."""

    slug: str
    claim: FacilityClaim


class Facilities(Kind[FacilityRow]):
    """One row a place; its key is the slug.

    The row becomes the claim of its source, beside those of other sources and organizations; the
    place itself shows what the display rule picks from all of them.
    """

    name = "facilities"
    columns = FACILITY_COLUMNS

    def __init__(self, report: Report) -> None:
        """Reads the countries."""
        super().__init__(report)
        self.lands = Lands()

    def read(self, cells: Cells) -> FacilityRow:
        """The claim of a row."""
        slug, claim = facility_claim(cells, self.lands)
        return FacilityRow(slug, claim)

    def keys_of(self, row: FacilityRow) -> tuple[str, ...]:
        """The slug."""
        return (row.slug,)

    def write(self, drafts: Sequence[Draft[FacilityRow]]) -> None:
        """Create, update, leave or keep each place. Eleven queries at most."""
        found = Facility.objects.filter(slug__in=[draft.keys[0] for draft in drafts]).order_by()
        existing = {facility.slug: facility for facility in found}
        claims = _claims_on([facility.pk for facility in existing.values()])
        batch = _Batch([], [], timezone.now())
        for draft in drafts:
            old = existing.get(draft.keys[0])
            if old is not None and old.edited_at is not None:
                self.report.keep(draft.line, draft.keys[0], "edited")
                continue
            outcome = batch.take(draft.row, old, claims[old.pk] if old else [], self.lands)
            setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        if not self.report.dry_run:
            save_rows(Facility, batch.places, ("country_id", *_SHOWN))
            save_rows(FacilityClaim, batch.claims, _CLAIMED)
            index_facilities(batch.places)

    def finish(self) -> None:
        """Forget the words that only changed places held."""
        if self.report.updated:
            forget_unused_words()


@dataclass(slots=True)
class _Batch:
    """Places and claims that are to be written together."""

    places: list[Facility]
    claims: list[FacilityClaim]
    now: dt.datetime

    def take(
        self, row: FacilityRow, old: Facility | None, others: list[FacilityClaim], lands: Lands
    ) -> str:
        """Add what a row changes; `created`, `updated` or `unchanged`."""
        new = Facility(id=row_id("facility", row.slug), slug=row.slug)
        if old is not None:
            for name in ("country_id", *_SHOWN):
                setattr(new, name, getattr(old, name))
            adopt(new, old)
        claim = row.claim
        claim.facility = new
        same = next((one for one in others if _is_same_source(one, claim)), None)
        claim.id = same.pk if same else row_id("facility_claim", f"{row.slug}|{claim.source_url}")
        is_new_claim = same is None or differs(same, claim, _CLAIMED)
        present = [statement_of(one, one.created_at) for one in others if one is not same]
        present.append(statement_of(claim, same.created_at if same else self.now))
        _show(new, displayed(present), lands)
        if is_new_claim:
            self.claims.append(claim)
        if old is None or differs(old, new, ("country_id", *_SHOWN)):
            self.places.append(new)
        elif not is_new_claim:
            return "unchanged"
        return "created" if old is None else "updated"


def _claims_on(places: list[UUID]) -> defaultdict[UUID, list[FacilityClaim]]:
    """The present claims about places. One query."""
    found: defaultdict[UUID, list[FacilityClaim]] = defaultdict(list)
    for claim in FacilityClaim.objects.filter(facility__in=places, withdrawn_at=None):
        found[claim.facility_id].append(claim)
    return found


def _is_same_source(one: FacilityClaim, other: FacilityClaim) -> bool:
    return one.author == other.author and one.source_url == other.source_url


def _show(place: Facility, shown: dict[str, Any], lands: Lands) -> None:
    """Let a place show what the display rule picked."""
    for name, value in shown.items():
        if name == "country":
            place.country = Country(id=lands.by_code(value).id, iso2=value)
        else:
            setattr(place, name, value)
