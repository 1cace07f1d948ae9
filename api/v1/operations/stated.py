"""What the document says of reports, claims and rules of an organization."""

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import stated
from network.enums import Scope

_READ, _WRITE = Scope.DIRECTORY_READ, Scope.DIRECTORY_WRITE
_REPORT = [id_parameter("id", "The report.")]
_CLAIM = [id_parameter("id", "The claim.")]
_RULE = [id_parameter("id", "The rules.")]

LIST_REPORTS = opened(
    "listAccessReports",
    OWN,
    "List reports to the ledger",
    "What the organization has reported to the ledger of access, newest first: what waits, what "
    "is public, what was taken back. The public entries stand in `facilities/{slug}/access/`.",
    scope=_READ,
    parameters=PageParameters,
    answers=[answer("AccessReportPage", stated.page_of(stated.REPORT))],
    is_list=True,
)
ADD_REPORT = opened(
    "addAccessReport",
    OWN,
    "Report to the ledger",
    "Report that visitors are let in or kept out; at once, or on a day within 30 days. Until then "
    "it is nowhere public. With `supersedes` it corrects an entry of the organization's own. 409 "
    "with the correction in `current` where that was corrected already.",
    scope=_WRITE,
    method="POST",
    status=201,
    request=("AccessReportDraft", stated.REPORT_DRAFT),
    answers=[answer("AccessReport", stated.REPORT)],
)
GET_REPORT = opened(
    "getAccessReport",
    OWN,
    "One report",
    "One report of the organization.",
    scope=_READ,
    path=_REPORT,
    answers=[answer("AccessReport", stated.REPORT)],
)
CANCEL_REPORT = opened(
    "cancelAccessReport",
    OWN,
    "Take a report back",
    "Take back a report that waits for its day; it never becomes public. Twice changes nothing. "
    "409 where it is public already: correct it.",
    scope=_WRITE,
    method="DELETE",
    path=_REPORT,
    others=[409],
)

LIST_CLAIMS = opened(
    "listOwnClaims",
    OWN,
    "List claims",
    "The facts that the organization states about places now, newest first.",
    scope=_READ,
    parameters=PageParameters,
    answers=[answer("OwnClaimPage", stated.page_of(stated.CLAIM))],
    is_list=True,
)
STATE_CLAIM = opened(
    "stateClaim",
    OWN,
    "State facts about a place",
    "State facts in the organization's name, public at once, in place of what it stated about the "
    "place before. Others' claims stay; the place shows the newest date for each fact.",
    scope=_WRITE,
    method="POST",
    status=201,
    request=("ClaimDraft", stated.CLAIM_DRAFT),
    answers=[answer("OwnClaim", stated.CLAIM)],
)
GET_CLAIM = opened(
    "getOwnClaim",
    OWN,
    "One claim",
    "One present claim of the organization.",
    scope=_READ,
    path=_CLAIM,
    answers=[answer("OwnClaim", stated.CLAIM)],
)
WITHDRAW_CLAIM = opened(
    "withdrawClaim",
    OWN,
    "Take a claim back",
    "Take a claim of the organization's own back; the place shows what others say.",
    scope=_WRITE,
    method="DELETE",
    path=_CLAIM,
)

LIST_RULES = opened(
    "listOwnRules",
    OWN,
    "List visiting rules",
    "The rules for a visit that the organization wrote, last changed first.",
    scope=_READ,
    parameters=PageParameters,
    answers=[answer("OwnRulePage", stated.page_of(stated.RULE))],
    is_list=True,
)
ADD_RULE = opened(
    "addOwnRule",
    OWN,
    "Write visiting rules",
    "Write the rules for one kind of visitor at one place, public at once and signed.",
    scope=_WRITE,
    method="POST",
    status=201,
    request=("RuleDraft", stated.RULE_DRAFT),
    answers=[answer("OwnRule", stated.RULE)],
)
GET_RULE = opened(
    "getOwnRule",
    OWN,
    "One set of rules",
    "The rules for one kind of visitor, written by the organization.",
    scope=_READ,
    path=_RULE,
    answers=[answer("OwnRule", stated.RULE)],
    is_versioned=True,
)
EDIT_RULE = opened(
    "editOwnRule",
    OWN,
    "Change visiting rules",
    "Change what is sent and keep the rest; today counts as the day of confirmation.",
    scope=_WRITE,
    method="PATCH",
    path=_RULE,
    request=("RuleDraft", {"days_hours": "Tue 14:00-16:00"}),
    answers=[answer("OwnRule", stated.RULE)],
    is_versioned=True,
)
WITHDRAW_RULE = opened(
    "withdrawOwnRule",
    OWN,
    "Take visiting rules back",
    "Take rules of the organization's own back.",
    scope=_WRITE,
    method="DELETE",
    path=_RULE,
    is_versioned=True,
)
CONFIRM_RULE = opened(
    "confirmOwnRule",
    OWN,
    "Confirm visiting rules",
    "Say that rules of the organization's own hold today. No body, no `If-Match`.",
    scope=_WRITE,
    method="POST",
    path=_RULE,
    answers=[answer("OwnRule", stated.RULE)],
)
