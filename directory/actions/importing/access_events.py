"""`access_events.csv`: first entries of the ledger of access. Rows are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from directory.actions.importing.cells import Cells
from directory.actions.importing.engine import Draft, Kind, differs
from directory.actions.importing.ledger_chain import key_of_entry, present_entries
from directory.actions.importing.naming import named_in
from directory.actions.importing.nationwide import speaks_for_all
from directory.actions.importing.places import Lands
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import Report, RowRefusedError
from directory.enums import (
    AccessStatus,
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
    "nationwide",
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
    "text_language",
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
    supersedes the last one, counted as updated. An entry that a group corrected is kept as it is.
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
            "text_language",
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
        event.nationwide = place.facility_id is None and speaks_for_all(
            place.name, land.iso2, land.names
        )
        # Ids of entries must not change with columns that came later and are empty.
        content = {column: cells.raw(column) for column in self.columns.known}
        if not content["text_language"]:
            del content["text_language"]
        entry = Entry(event, json.dumps(content, ensure_ascii=False, sort_keys=True))
        _follow(entry, None)
        return entry

    def keys_of(self, row: Entry) -> tuple[str, ...]:
        """By the facility where it is known, else by the name."""
        return (key_of_entry(row.event),)

    def write(self, drafts: Sequence[Draft[Entry]]) -> None:
        """Add what is new or other than before, and keep what others corrected. Two queries."""
        present = present_entries([draft.row.event for draft in drafts])
        added = []
        for draft in drafts:
            event = draft.row.event
            old = present.of(event)
            if old is not None and present.is_corrected(old):
                self.report.keep(draft.line, event.facility_name, "edited")
            elif old is not None and not differs(old, event, _CONTENT):
                self.report.unchanged += 1
            else:
                _follow(draft.row, old)
                present.add(event)
                outcome = "created" if old is None else "updated"
                setattr(self.report, outcome, getattr(self.report, outcome) + 1)
                added.append(event)
        if added and not self.report.dry_run:
            AccessEvent.objects.bulk_create(added)


def _follow(entry: Entry, old: AccessEvent | None) -> None:
    """Give an entry its id, which two nodes agree on, and the entry that it supersedes."""
    key = entry.content if old is None else f"{entry.content}|{old.pk}"
    entry.event.id = row_id("access_event", key)
    entry.event.supersedes = old


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
        text_language=cells.text_language(),
        retrieved=cells.day("retrieved"),
    )
