"""What an organization states about places, as it is told to itself."""

from __future__ import annotations

from typing import Any

from directory.actions.stating.rule_values import FIELDS as RULE_FIELDS
from directory.models import AccessReport, FacilityClaim, VisitingRule
from directory.queries.stated import state_of

_OF_REPORT = (
    "facility_name",
    "nationwide",
    "visitor_category",
    "status",
    "effective_from",
    "effective_to",
    "scope",
    "stated_reason",
    "retaliation",
    "source_kind",
    "source_url",
    "confidence",
    "statement",
    "text_language",
)
_OF_CLAIM = ("id", "values", "source_url", "text_language", "created_at")


def report_document(report: AccessReport) -> dict[str, Any]:
    """One report, a row of `reports_of`."""
    return {
        "id": report.pk,
        "state": state_of(report),
        "facility": report.facility.slug if report.facility else None,
        "country": report.country.iso2,
        **{name: report.values[name] for name in _OF_REPORT},
        "attributed_as": report.attributed_as,
        "attributed_to": report.attributed_to,
        "publish_at": report.publish_at,
        "event": report.released_event_id,
        "supersedes": report.supersedes_id,
        "created_at": report.created_at,
    }


def own_claim_document(claim: FacilityClaim) -> dict[str, Any]:
    """One claim of the organization's own."""
    said = {name: getattr(claim, name) for name in _OF_CLAIM}
    return {**said, "facility": claim.facility.slug, "as_of": str(claim.as_of)}


def own_rule_document(rule: VisitingRule) -> dict[str, Any]:
    """One rule of the organization's own."""
    return {
        "id": rule.pk,
        "facility": rule.facility.slug if rule.facility else None,
        **{name: getattr(rule, name) for name in RULE_FIELDS},
        # As text: refusals tell it too, and are written by others.
        "as_of": str(rule.as_of),
        "confirmed_on": rule.confirmed_on,
        "version": rule.version,
    }
