"""Entries of earlier imports, and which of them is the last word of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from directory.enums import Attribution
from directory.models import AccessEvent


@dataclass(slots=True)
class Present:
    """Entries of imports by id and by key, those that others supersede among them."""

    by_id: dict[UUID, AccessEvent]
    by_key: dict[str, AccessEvent]
    superseded_by: dict[UUID, UUID]

    def of(self, event: AccessEvent) -> AccessEvent | None:
        """The last entry of imports that a row speaks of, or none.

        Found by its key; by its name, where the place became known only after the entry was made;
        or by its id, where what the name means has become uncertain since.
        """
        found = self.by_key.get(key_of_entry(event))
        if found is None and event.facility_id:
            named = self.by_key.get(_key(event, event.facility_name))
            # An entry that was tied to a place meanwhile is about that place.
            if named and self._last(named).facility_id in (None, event.facility_id):
                found = named
        found = found or self.by_id.get(event.pk)
        return self._last(found) if found else None

    def is_corrected(self, event: AccessEvent) -> bool:
        """Whether something other than an import supersedes an entry."""
        return event.pk in self.superseded_by

    def add(self, event: AccessEvent) -> None:
        """Take in an entry that is about to be written."""
        self.by_id[event.pk] = event
        self.by_key[key_of_entry(event)] = event
        if event.supersedes_id:
            self.superseded_by[event.supersedes_id] = event.pk

    def _last(self, event: AccessEvent) -> AccessEvent:
        """The end of the chain of corrections that imports made."""
        while (after := self.by_id.get(self.superseded_by.get(event.pk, event.pk))) is not None:
            if after is event:
                break
            event = after
        return event


def present_entries(events: Sequence[AccessEvent]) -> Present:
    """What earlier imports left of the places and sources of these entries. One query."""
    place = Q(facility_name__in={event.facility_name for event in events})
    place |= Q(facility__in={event.facility_id for event in events if event.facility_id})
    same = place & Q(source_url__in={event.source_url for event in events})
    rows = AccessEvent.objects.select_related("superseded_by").filter(
        same | Q(pk__in=[event.pk for event in events]), attributed_as=Attribution.SOURCE
    )
    present = Present({}, {}, {})
    for row in rows.order_by("created_at"):
        present.by_id[row.pk] = row
        after = getattr(row, "superseded_by", None)
        if after is not None:
            present.superseded_by[row.pk] = after.pk
        # The last word of a source stands for its key before those that it superseded.
        if after is None or key_of_entry(row) not in present.by_key:
            present.by_key[key_of_entry(row)] = row
    return present


def key_of_entry(event: AccessEvent) -> str:
    """Place, country, visitor, status, beginning, scope and source."""
    return _key(event, str(event.facility_id or event.facility_name))


def _key(event: AccessEvent, place: str) -> str:
    return (
        f"{place}|{event.country_id}|{event.visitor_category}|{event.status}|"
        f"{event.effective_from or ''}|{event.scope}|{event.source_url}"
    )
