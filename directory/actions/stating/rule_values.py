"""What a group may write of the rules for a visit, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.actions.stating.said import LONGEST_STATEMENT, Said
from directory.enums import VisitorCategory, YesNo

LONGEST_ITEM = 80
TEXTS = {
    "days_hours": 300,
    "id_required": 300,
    "contact_type": 40,
    "minors": 200,
    "transport": 200,
    "note": LONGEST_STATEMENT,
}
NUMBERS = ("booking_lead_hours", "max_visitors", "max_minutes")
TERMS = (*TEXTS, *NUMBERS, "booking_required", "items_barred", "languages")
FIELDS = ("visitor_category", *TERMS, "source_url", "as_of", "text_language")


def checked_rule(raw: Mapping[str, Any], *, has_looked: bool = False) -> dict[str, Any]:
    """The columns of a rule that a form or a request says.

    Raises:
        ValidationError: with what to write instead, by field.
    """
    said = Said(raw, FIELDS, has_looked=has_looked)
    category = said.choice(
        "visitor_category", VisitorCategory, required=_("Choose who the rules are for.")
    )
    found: dict[str, Any] = {"visitor_category": category or VisitorCategory.UNKNOWN.value}
    if category == VisitorCategory.UNKNOWN:
        said.refuse("visitor_category", _("Choose who the rules are for."), "required")
    found |= {name: said.text(name, most, lines=name == "note") for name, most in TEXTS.items()}
    found |= {name: said.number(name) for name in NUMBERS}
    found |= {
        "booking_required": said.choice("booking_required", YesNo, YesNo.UNKNOWN.value),
        "items_barred": said.words("items_barred", LONGEST_ITEM),
        "languages": said.languages("languages"),
        "source_url": said.address("source_url"),
        "as_of": said.date(
            "as_of", past=True, required=_("Write when this was so: a year is enough.")
        ),
        "text_language": said.language(
            "text_language", required=_("Say in which language this is written.")
        ),
    }
    if not said.errors and not any(
        said.has(name) and raw.get(name) != YesNo.UNKNOWN for name in TERMS
    ):
        said.refuse("", _("Write at least one rule, such as the days and hours."), "empty")
    if found["booking_lead_hours"] is not None and found["booking_required"] == YesNo.NO:
        words = _("Leave this empty, or say that a visit must be booked.")
        said.refuse("booking_lead_hours", words, "contradiction")
    said.finish()
    return found
