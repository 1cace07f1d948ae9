"""What stewards decide: applications, objections, reports."""

from directory.actions.deciding.approving import approve
from directory.actions.deciding.asking import ask_back
from directory.actions.deciding.common import DecidedMeanwhile
from directory.actions.deciding.escalating import escalate_applications, send_digests
from directory.actions.deciding.objections import dismiss_objection, uphold_objection
from directory.actions.deciding.refusing import refuse
from directory.actions.deciding.reports import decide_report, make_report, purge_public_reports

__all__ = [
    "DecidedMeanwhile",
    "approve",
    "ask_back",
    "decide_report",
    "dismiss_objection",
    "escalate_applications",
    "make_report",
    "purge_public_reports",
    "refuse",
    "send_digests",
    "uphold_objection",
]
