"""What a group may claim about a place of detention, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from directory.actions.stating.said import LONGEST_STATEMENT, Said
from directory.enums import FacilityKind, FacilitySetting, FacilityStatus, OperatorKind
from network.fields import PartialDate

CHOICES: dict[str, type[TextChoices]] = {
    "status": FacilityStatus,
    "kind": FacilityKind,
    "setting": FacilitySetting,
    "operator_kind": OperatorKind,
}
TEXTS = {"operator": 200, "custodial_authority": 200, "note": LONGEST_STATEMENT}
NUMBERS = ("population", "capacity")
# Not its name and where it lies: a place keeps those for everybody who looks for it.
CLAIMABLE = (*CHOICES, *TEXTS, *NUMBERS)
FIELDS = (*CLAIMABLE, "source_url", "as_of", "text_language")
# What stands beside a value and belongs to it: empty, as a group has no words of a source.
_WITH = {
    "status": {"status_source_value": ""},
    "kind": {"kind_source_value": "", "setting": FacilitySetting.UNKNOWN.value},
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that was found good: its values by column of a facility, its source and date."""

    values: dict[str, Any]
    source_url: str
    as_of: PartialDate | None
    text_language: str


def checked_claim(raw: Mapping[str, Any], *, has_looked: bool = False) -> Claimed:
    """The claim that a form or a request says; what it leaves empty is not claimed.

    Raises:
        ValidationError: with what to write instead, by field.
    """
    said = Said(raw, FIELDS, has_looked=has_looked)
    values = _values(said)
    if "setting" in values and "kind" not in values:
        words = _("Choose the kind of detention too: the two are shown together.")
        said.refuse("kind", words, "required")
    if not values and not said.errors:
        words = _("State at least one thing about the place.")
        said.refuse("", words, "empty")
    needs = _("Say in which language the remark is written.") if "note" in values else ""
    found = Claimed(
        values={
            name: value
            for field in values
            for name, value in {**_WITH.get(field, {}), field: values[field]}.items()
        }
        | values,
        source_url=said.address("source_url"),
        as_of=said.date(
            "as_of", past=True, required=_("Write when this was so: a year is enough.")
        ),
        text_language=said.language("text_language", required=needs) or "en",
    )
    said.finish()
    return found


def _values(said: Said) -> dict[str, Any]:
    """What is said, without what is left open."""
    read: dict[str, Any] = {
        name: said.choice(name, vocabulary) for name, vocabulary in CHOICES.items()
    }
    read |= {name: said.text(name, most, lines=name == "note") for name, most in TEXTS.items()}
    read |= {name: said.number(name) for name in NUMBERS}
    return {name: value for name, value in read.items() if value not in (None, "", "unknown")}
