"""`access_events.csv`: first entries of the ledger of access. Rows are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from directory.actions.importing.cells import Cells
from directory.actions.importing.engine import Draft, Kind, differs
from directory.actions.importing.naming import named_in
from directory.actions.importing.places import Lands
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import Report, RowRefusedError
from directory.enums import (
    AccessStatus,
    Attribution,
    Confidence,
    EventScope,
    Retaliation,
    SourceKind,
    StatedReason,
    VisitorCategory,
)
from directory.enums.source_words import STATED_REASON, VISITOR_CATEGORY
from directory.ids import row_id
from directory.models import AccessEvent
from directory.queries.import_facilities import FacilityNames

_CONTENT = (
    "facility_id",
    "facility_name",
    "country_id",
    "visitor_category",
    "category_source_value",
    "status",
    "status_source_value",
    "effective_from",
    "effective_to",
    "scope",
    "stated_reason",
    "reason_source_value",
    "retaliation",
    "source_kind",
    "source_url",
    "confidence",
    "statement",
    "retrieved",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is not yet in the ledger, and all that the file says of it as one text."""

    event: AccessEvent
    content: str


class AccessEvents(Kind[Entry]):
    """One row an entry; its key is place, visitor, status, beginning, scope and source.

    The same content again is unchanged. Other content under the same key is a new entry that
    supersedes the last one, counted as updated.
    """

    name = "access_events"
    columns = Columns(
        required=("facility_name", "country", "visitor_category", "status", "source_url"),
        known=(
            "facility_slug",
            "facility_name",
            "country",
            "visitor_category",
            "status",
            "effective_from",
            "effective_to",
            "scope",
            "stated_reason",
            "suspected_retaliation",
            "source_kind",
            "source_url",
            "confidence",
            "statement",
            "retrieved",
        ),
    )

    def __init__(self, report: Report) -> None:
        """Reads the countries and the names of all facilities."""
        super().__init__(report)
        self.lands = Lands()
        self.facilities = FacilityNames()

    def read(self, cells: Cells) -> Entry:
        """The entry of a row."""
        land = self.lands.of(cells)
        place = named_in(cells, land, self.facilities)
        event = _event_of(cells)
        event.country_id = land.id
        event.facility_id, event.facility_name = place.facility_id, place.name
        content = {column: cells.raw(column) for column in self.columns.known}
        return Entry(event, json.dumps(content, ensure_ascii=False, sort_keys=True))

    def keys_of(self, row: Entry) -> tuple[str, ...]:
        """By the facility where it is known, else by the name."""
        return (_key(row.event, str(row.event.facility_id or row.event.facility_name)),)

    def write(self, drafts: Sequence[Draft[Entry]]) -> None:
        """Add what is new or other than before. Two queries."""
        last = self._last_entries([draft.row.event for draft in drafts])
        added = []
        for draft in drafts:
            entry = draft.row
            # The facility may have become known only after the entry was made under its name.
            by_name = last.get(_key(entry.event, entry.event.facility_name))
            old = last.get(draft.keys[0], by_name)
            if old is None:
                self.report.created += 1
                entry.event.id = row_id("access_event", entry.content)
            elif not differs(old, entry.event, _CONTENT):
                self.report.unchanged += 1
                continue
            else:
                self.report.updated += 1
                entry.event.id = row_id("access_event", f"{entry.content}|{old.pk}")
                entry.event.supersedes = old
            added.append(entry.event)
        if added and not self.report.dry_run:
            AccessEvent.objects.bulk_create(added)

    def _last_entries(self, events: Sequence[AccessEvent]) -> dict[str, AccessEvent]:
        """The entries of imports that no other supersedes, by key."""
        place = Q(facility_name__in={event.facility_name for event in events})
        place |= Q(facility__in={event.facility_id for event in events if event.facility_id})
        found = AccessEvent.objects.filter(
            place,
            source_url__in={event.source_url for event in events},
            superseded_by__isnull=True,
            attributed_as=Attribution.SOURCE,
        )
        return {self.keys_of(Entry(event, ""))[0]: event for event in found}


def _event_of(cells: Cells) -> AccessEvent:
    """The entry without its place.

    Raises:
        RowRefusedError: a cell cannot be read, or the end lies before the beginning.
    """
    if not cells.raw("visitor_category"):
        raise RowRefusedError("visitor_category is empty. Write who visits, such as legal.")
    category, category_word = cells.choice(
        "visitor_category", VISITOR_CATEGORY, VisitorCategory.UNKNOWN
    )
    status, status_word = cells.choice("status", {}, AccessStatus.UNKNOWN)
    reason, reason_word = cells.choice("stated_reason", STATED_REASON, StatedReason.OTHER)
    begin, end = cells.date("effective_from", past=True), cells.date("effective_to")
    # A year ends after each of its days: compared as far as both are known.
    if begin and end and str(end) < str(begin)[: len(str(end))]:
        raise RowRefusedError(f"effective_to {end} lies before effective_from {begin}.")
    return AccessEvent(
        visitor_category=category,
        category_source_value=category_word,
        status=status,
        status_source_value=status_word,
        effective_from=begin,
        effective_to=end,
        scope=cells.strict_choice("scope", EventScope.ALL),
        stated_reason=reason if reason_word else StatedReason.NONE_GIVEN,
        reason_source_value=reason_word,
        retaliation=cells.strict_choice("suspected_retaliation", Retaliation.NO),
        source_kind=cells.choice("source_kind", {}, SourceKind.OTHER)[0],
        source_url=cells.address("source_url", required=True),
        confidence=cells.strict_choice("confidence", Confidence.SINGLE),
        statement=cells.note("statement", required=True),
        retrieved=cells.day("retrieved"),
    )


def _key(event: AccessEvent, place: str) -> str:
    return (
        f"{place}|{event.country_id}|{event.visitor_category}|{event.status}|"
        f"{event.effective_from or ''}|{event.scope}|{event.source_url}"
    )
