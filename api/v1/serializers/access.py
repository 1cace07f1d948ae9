"""Who may visit: what the ledger says, what holds now, and the rules for a visit."""

from __future__ import annotations

from typing import Any

from directory.models import AccessEvent, CountryAccess, VisitingRule
from directory.queries.access_ledger import Standing, is_replaced
from directory.queries.program_documents import source_of

_OF_EVENT = (
    "id",
    "facility_name",
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
    "attributed_as",
    "attributed_to",
)
_OF_RULE = (
    "visitor_category",
    "category_source_value",
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
    "languages",
    "note",
    "text_language",
    "author",
    "confirmed_on",
)
_OF_LAW = (
    "jurisdiction",
    "visitor_category",
    "category_source_value",
    "right_in_law",
    "law_source_value",
    "legal_basis",
    "legal_basis_date",
    "authorisation_needed",
    "practice",
    "practice_source_value",
    "statement",
    "text_language",
    "confidence",
)


def event_document(event: AccessEvent) -> dict[str, Any]:
    """One entry of the ledger; a partial date is the part of ISO 8601 that is known.

    `facility` is the slug of the place, empty where a country or a place without a page is meant.
    A `replaced` entry was corrected by a later one.
    """
    said = {name: getattr(event, name) for name in _OF_EVENT}
    said["facility"] = event.facility.slug if event.facility else None
    said["supersedes"] = event.supersedes_id
    said["replaced"] = is_replaced(event)
    return said


def standing_document(standing: Standing) -> dict[str, Any]:
    """What the ledger says last of one kind of visitor.

    `ended` is the date on which that ended; it is then no present status. `unconfirmed` where it
    began more than 90 days ago, or nobody knows when.
    """
    return {
        "visitor_category": standing.category,
        "status": standing.event.status,
        "since": standing.event.effective_from,
        "ended": standing.ended,
        "unconfirmed": standing.unconfirmed,
        "whole_country": standing.whole_country,
        "event": standing.event.pk,
    }


def rule_document(rule: VisitingRule) -> dict[str, Any]:
    """The rules of one place for one kind of visitor, as one source says."""
    said = {name: getattr(rule, name) for name in _OF_RULE}
    said["source"] = source_of({"source_url": rule.source_url, "as_of": rule.as_of})
    return said


def law_document(access: CountryAccess) -> dict[str, Any]:
    """What one source says on one kind of visitor, in law and in practice."""
    said = {name: getattr(access, name) for name in _OF_LAW}
    said["source"] = source_of({"source_url": access.source_url, "as_of": access.as_of})
    return said
