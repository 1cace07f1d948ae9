"""What a verified organization states about places of detention, in its own name or without it."""

from directory.actions.stating.claims import state_facility, withdraw_claim
from directory.actions.stating.errors import StaleError
from directory.actions.stating.releasing import release_reports
from directory.actions.stating.reports import (
    cancel_report,
    check_report,
    report_access_event,
    supersede_event,
)
from directory.actions.stating.rules import (
    add_visiting_rule,
    confirm_visiting_rule,
    edit_visiting_rule,
    withdraw_visiting_rule,
)

__all__ = [
    "StaleError",
    "add_visiting_rule",
    "cancel_report",
    "check_report",
    "confirm_visiting_rule",
    "edit_visiting_rule",
    "release_reports",
    "report_access_event",
    "state_facility",
    "supersede_event",
    "withdraw_claim",
    "withdraw_visiting_rule",
]
