"""What each page of the stewards' desk is sent: a row a surface, for `test_stewards.py`.

Reading and sending want a steward; there is no other role. `names` say what stands in the address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class StewardRow:
    """One surface. `bodies` are sent one by one; none for a page that is only read."""

    names: dict[str, str] = field(default_factory=dict)
    bodies: tuple[dict[str, Any], ...] = ()


_WHY = "They are known to us."

STEWARD: dict[str, StewardRow] = {
    "steward:overview": StewardRow(),
    "steward:applications": StewardRow(),
    "steward:application": StewardRow(
        {"application_id": "application"},
        (
            {"act": "approve", "approve-public_reason": _WHY, "base_version": "1"},
            {"act": "ask", "ask-question": _WHY, "base_version": "1"},
            {"act": "refuse", "refuse-reason": _WHY, "base_version": "1"},
        ),
    ),
    "steward:objections": StewardRow(),
    "steward:objection": StewardRow(
        {"objection_id": "objection"},
        (
            {"act": "dismiss", "dismiss-reason": _WHY},
            {"act": "uphold", "uphold-reason": _WHY, "uphold-suspend": "on"},
        ),
    ),
    "steward:reports": StewardRow(),
    "steward:report": StewardRow({"report_id": "report"}, ({"decision": "taken_off"},)),
    "steward:message_reports": StewardRow(),
    "steward:message_report": StewardRow(
        {"report_id": "message_report"},
        (
            {"decision": "dismissed"},
            {"decision": "warned", "reason": _WHY},
            {"decision": "suspended", "reason": _WHY},
        ),
    ),
    "steward:groups": StewardRow(),
    "steward:group": StewardRow(
        {"organization": "organization"},
        (
            {"act": "suspend", "suspend-reason": _WHY},
            {"act": "kind", "kind-kind": "coalition"},
            {"act": "support", "support-reason": _WHY, "support-minutes": "5"},
            {"act": "handover", "handover-reason": _WHY, "handover-membership": "{member}"},
        ),
    ),
    "steward:stale": StewardRow(),
    "steward:node": StewardRow({}, ({"name": "Another name"},)),
    "steward:log": StewardRow(),
}
