"""The ledger of access: entries, what they add up to now, and the years they cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from directory.enums import EventScope, VisitorCategory
from directory.models import AccessEvent, Country, Facility
from network.fields import PartialDate

UNCONFIRMED_DAYS = 90
ENTRIES = 500
CATEGORIES: tuple[str, ...] = tuple(VisitorCategory.values)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says last of one kind of visitor at one place.

    `ended` is the date on which the entry ended, where that lies behind us: the status is then
    the last one known and no present one. `unconfirmed` where the entry began more than 90 days
    ago or has no date. `whole_country` where it is about every place in the country.
    """

    category: str
    event: AccessEvent
    ended: PartialDate | None
    unconfirmed: bool
    whole_country: bool


@dataclass(frozen=True, slots=True)
class YearGrid:
    """Entries by year, newest first, and kind of visitor; an empty cell has no entry."""

    categories: tuple[str, ...]
    rows: tuple[tuple[int, tuple[tuple[AccessEvent, ...], ...]], ...]


def entries() -> QuerySet[AccessEvent]:
    """The ledger, newest first and undated last, with places and corrections. One query."""
    rows = AccessEvent.objects.select_related("facility", "country", "superseded_by")
    return rows.order_by(F("effective_from").desc(nulls_last=True), "-created_at", "id")


def entries_of(facility: Facility) -> list[AccessEvent]:
    """The entries about a place, its merged duplicates and its whole country. One query."""
    here = Q(facility=facility) | Q(facility__merged_into=facility)
    anywhere = Q(nationwide=True, country=facility.country_id)
    return list(entries().filter(here | anywhere)[:ENTRIES])


def is_about_whole_country(event: AccessEvent) -> bool:
    """Whether an entry is about every place in its country, as was decided when it came in."""
    return event.nationwide


def is_over(event: AccessEvent, today: dt.date) -> bool:
    """Whether an entry has ended: every day that its end may mean lies behind us."""
    if event.effective_to is None:
        return False
    text = str(event.effective_to)
    return text < today.isoformat()[: len(text)]


def standings(events: Iterable[AccessEvent], today: dt.date) -> list[Standing]:
    """What holds now by kind of visitor, in the order of the kinds; kinds without entry left out.

    Counted are entries about everybody that have begun and that no later entry replaces. Of a
    kind of visitor the newest that has not ended speaks, else the newest of all. An entry about
    the whole country stands beside the place's own and never silences it: a place may stay shut
    when the country opens.
    """
    chosen: dict[tuple[str, bool], AccessEvent] = {}
    for event in events:
        if not _counts(event, today):
            continue
        key = event.visitor_category, event.nationwide
        other = chosen.setdefault(key, event)
        if is_over(other, today) and not is_over(event, today):
            chosen[key] = event
    keys = ((kind, is_wide) for kind in CATEGORIES for is_wide in (False, True))
    return [_standing(chosen[key], today) for key in keys if key in chosen]


def year_grid(events: Sequence[AccessEvent], today: dt.date) -> YearGrid:
    """The years that entries cover, by kind of visitor.

    An entry without an end stands in the year in which it began only: how long it held is not
    known. Replaced entries and entries without a beginning are left out.
    """
    cells: dict[tuple[int, str], list[AccessEvent]] = {}
    for event in events:
        for year in () if is_replaced(event) else _years(event, today):
            cells.setdefault((year, event.visitor_category), []).append(event)
    categories = tuple(kind for kind in CATEGORIES if any(cell[1] == kind for cell in cells))
    years = sorted({year for year, _ in cells}, reverse=True)
    rows = (
        (year, tuple(tuple(cells.get((year, kind), ())) for kind in categories)) for year in years
    )
    return YearGrid(categories, tuple(rows))


def is_replaced(event: AccessEvent) -> bool:
    """Whether a later entry corrects this one. No query on rows of `entries`."""
    return getattr(event, "superseded_by", None) is not None


def latest_changes(limit: int) -> list[AccessEvent]:
    """The newest entries of the whole ledger that hold a date and are not replaced. One query."""
    dated = entries().filter(effective_from__isnull=False, superseded_by__isnull=True)
    return list(dated[:limit])


def entries_in(country: Country) -> list[AccessEvent]:
    """The entries about a country and all its places. One query."""
    return list(entries().filter(country=country)[:ENTRIES])


def _counts(event: AccessEvent, today: dt.date) -> bool:
    """Whether an entry can be the standing of its kind of visitor."""
    begun = event.effective_from is None or event.effective_from.first_day <= today
    return begun and event.scope == EventScope.ALL and not is_replaced(event)


def _standing(event: AccessEvent, today: dt.date) -> Standing:
    """An entry as the standing of its kind of visitor."""
    begun = event.effective_from
    return Standing(
        category=event.visitor_category,
        event=event,
        ended=event.effective_to if is_over(event, today) else None,
        unconfirmed=begun is None or (today - begun.first_day).days > UNCONFIRMED_DAYS,
        whole_country=event.nationwide,
    )


def _years(event: AccessEvent, today: dt.date) -> range:
    """The years that an entry covers, none after this one."""
    if event.effective_from is None:
        return range(0)
    first = event.effective_from.year
    last = event.effective_to.year if event.effective_to else first
    return range(first, max(first, min(last, today.year)) + 1)
