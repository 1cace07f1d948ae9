"""The display rule: what a place's page shows of everything that is claimed about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.models import FacilityClaim
from network.fields import PartialDate

# Fields that mean something only together come from one claim: the first field decides which.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("name",),
    ("names",),
    ("country",),
    ("admin1",),
    ("locality",),
    ("latitude", "longitude", "precision"),
    ("kind", "kind_source_value", "setting"),
    ("operator",),
    ("operator_kind",),
    ("custodial_authority",),
    ("population",),
    ("capacity",),
    ("note", "text_language"),
    ("licence",),
)
# The status is shown with the date at which it was true: its claim is the source of the row.
STATUS: tuple[str, ...] = ("status", "status_source_value")
SOURCE: tuple[str, ...] = ("source_url", "as_of", "as_of_basis", "retrieved")
_SAYS_NOTHING: tuple[object, ...] = (None, "", "unknown", [], {})


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about a place: its values by field, its author (empty: an import), its source."""

    values: dict[str, Any]
    made_at: dt.datetime
    author: str = ""
    source: dict[str, Any] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[str, bool, dt.datetime]:
        """Newest date first and undated last; then organizations; then the later one."""
        date: PartialDate | None = self.source.get("as_of")
        return (str(date or ""), bool(self.author), self.made_at)


def statement_of(claim: FacilityClaim, made_at: dt.datetime) -> Statement:
    """A claim as the rule weighs it; `made_at` is when it was first made."""
    source = {name: getattr(claim, name) for name in SOURCE}
    values = {**claim.values, "text_language": claim.text_language}
    return Statement(values, made_at, claim.author, source)


def sources_of(group: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the source that go with a group of fields."""
    return SOURCE if group == STATUS else ()


def displayed(claims: Iterable[Statement]) -> dict[str, Any]:
    """The fields that a place shows; a field of which no claim speaks is not among them.

    Per field, or group of fields that belong together: of the claims that say something, the one
    with the newest date; among equals an organization's over an import's, then the later one. An
    `unknown` says nothing as long as any other claim does.
    """
    ranked = sorted(claims, key=lambda claim: claim.rank, reverse=True)
    shown: dict[str, Any] = {}
    for group in (*GROUPS, STATUS):
        speaker = _speaker(ranked, group)
        if speaker is None:
            continue
        shown |= {name: speaker.values[name] for name in group if name in speaker.values}
        if group == STATUS:
            shown |= {name: speaker.source.get(name) for name in SOURCE}
    return shown


def _speaker(ranked: list[Statement], group: tuple[str, ...]) -> Statement | None:
    """The claim that decides on a group."""
    speaking = [claim for claim in ranked if group[0] in claim.values]
    clear = (claim for claim in speaking if claim.values[group[0]] not in _SAYS_NOTHING)
    return next(clear, speaking[0] if speaking else None)
