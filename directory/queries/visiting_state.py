"""The public state of visits at one place or in one country, and what moved between two states."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.models import AccessEvent, Country, CountryAccess, Facility, VisitingRule
from directory.queries.access_ledger import entries
from directory.queries.countries import AccessRules, access_rules_of

# What counts as a change. That a source was read again, or a rule confirmed, is none.
RULE_FIELDS = (
    "visitor_category",
    "days_hours",
    "booking_required",
    "booking_lead_hours",
    "id_required",
    "max_visitors",
    "max_minutes",
    "contact_type",
    "items_barred",
    "minors",
    "transport",
    "note",
)
ACCESS_FIELDS = (
    "visitor_category",
    "right_in_law",
    "legal_basis",
    "authorisation_needed",
    "practice",
    "statement",
)
OF = "of"
HASH_LENGTH = 8
_WHERE = ("facility_id", "facility__merged_into_id", "country_id")

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one can follow: a place of detention, or a country with all its places."""

    facility: Facility | None = None
    country: Country | None = None

    @property
    def place(self) -> Facility | None:
        """The place that is shown: a duplicate stands under what it was merged into."""
        return self.facility and (self.facility.merged_into or self.facility)

    @property
    def land(self) -> Country:
        """The country followed, or that of the place."""
        if self.place is not None:
            return self.place.country
        if self.country is None:
            raise ValueError("a subject is a place or a country")
        return self.country


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved.

    `row` is the entry, rule or statement as it is now; nothing where it is gone. `fields` are
    those that differ, none where the row is new. `place` and `category` say whom and where a row
    that is gone was about.
    """

    row: AccessEvent | VisitingRule | CountryAccess | None
    fields: tuple[str, ...] = ()
    place: str = ""
    category: str = ""


def state_of(subject: Subject) -> State:
    """The public state of a subject, as JSON: ids, and short hashes of what rules say.

    At most three queries. Whatever is not public stands in none of the tables that are read.
    """
    return states_of([subject])[0]


def states_of(subjects: Sequence[Subject]) -> list[State]:
    """The states of subjects, in their order. At most three queries, however many there are."""
    places = {one.place.pk for one in subjects if one.place}
    lands = {one.land.pk: one.land for one in subjects if one.place is None}
    around = {one.land.pk for one in subjects if one.place}
    here = Q(facility__in=places) | Q(facility__merged_into__in=places) | Q(country__in=lands)
    events, rules = _Held(), _Held()
    wide = here | Q(nationwide=True, country__in=around)
    for pk, *where in AccessEvent.objects.filter(wide).values_list("pk", *_WHERE, "nationwide"):
        events.add(pk.hex, *where)
    found = VisitingRule.objects.filter(here).select_related("facility")
    for row in found:
        merged = row.facility.merged_into_id if row.facility else None
        marks = _marks(row, RULE_FIELDS, row.facility_name)
        rules.add((row.pk.hex, marks), row.facility_id, merged, row.country_id, False)
    access = access_rules_of(lands.values())
    return [
        {
            "entries": sorted(set(events.of(one))),
            "rules": dict(rules.of(one)),
            "access": {
                row.pk.hex: _marks(row, ACCESS_FIELDS, "")
                for row in (_statements(access[one.land.pk]) if one.place is None else ())
            },
        }
        for one in subjects
    ]


def digest_of(state: State) -> str:
    """What stands for a whole state; two that say the same have the same."""
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def changes_between(before: State, now: State) -> list[Change]:
    """What moved: entries newest first, then rules, statements, and what is gone. Three queries.

    A field that the earlier state did not know is no change, so that a newer version of this
    program may compare more.
    """
    new = set(now["entries"]) - set(before.get("entries", ()))
    found = [Change(row) for row in entries().filter(pk__in=_ids(new))] if new else []
    gone: list[Change] = []
    kinds: tuple[tuple[str, QuerySet[VisitingRule] | QuerySet[CountryAccess]], ...] = (
        ("rules", VisitingRule.objects.select_related("facility")),
        ("access", CountryAccess.objects.all()),
    )
    for kind, known in kinds:
        old, present = before.get(kind, {}), now[kind]
        moved = {key: _moved(old.get(key), marks) for key, marks in present.items()}
        asked = _ids(key for key, fields in moved.items() if fields is not None)
        rows = known.in_bulk(asked) if asked else {}
        found += [Change(rows[pk], moved[pk.hex] or ()) for pk in asked if pk in rows]
        left = (old[key][OF] for key in sorted(old.keys() - present.keys()))
        gone += [Change(None, place=place, category=category) for place, category in left]
    return found + gone


class _Held:
    """Things by the place, the country and the whole country that they are about."""

    def __init__(self) -> None:
        self._at: dict[UUID, list[Any]] = defaultdict(list)
        self._in: dict[UUID, list[Any]] = defaultdict(list)
        self._wide: dict[UUID, list[Any]] = defaultdict(list)

    def add(
        self, thing: Any, place: UUID | None, merged: UUID | None, land: UUID, is_wide: bool
    ) -> None:
        """Keep a thing about a place, or what that was merged into, in a country."""
        for pk in {pk for pk in (place, merged) if pk}:
            self._at[pk].append(thing)
        self._in[land].append(thing)
        if is_wide:
            self._wide[land].append(thing)

    def of(self, subject: Subject) -> list[Any]:
        """What is about a subject: of a place also what is about its whole country."""
        if subject.place is None:
            return self._in[subject.land.pk]
        return self._at[subject.place.pk] + self._wide[subject.land.pk]


def _statements(access: AccessRules) -> tuple[CountryAccess, ...]:
    return (*access.own, *access.union)


def _marks(row: VisitingRule | CountryAccess, fields: Iterable[str], place: str) -> dict[str, Any]:
    """A short hash of each field, and whom and where the row is about."""
    marks: dict[str, Any] = {name: _hash(getattr(row, name)) for name in fields}
    return marks | {OF: [place, row.visitor_category]}


def _moved(old: Mapping[str, Any] | None, now: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The fields that differ; none for a new row; nothing where all is as it was."""
    if old is None:
        return ()
    fields = (name for name in now if name != OF and name in old and old[name] != now[name])
    return tuple(fields) or None


def _ids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in sorted(keys)]


def _hash(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]
