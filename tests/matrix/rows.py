"""What each surface of accounts, desks and tokens is for, and who may: one row a surface.

A new address fails the build until it has a row here. A row says, independently of the code,
which permission reading and sending want; what follows for each role and each target is worked
out in `test_matrix.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from api.v1.schemas import files
from network.permissions import Permission as P  # noqa: N817 - in each row


@dataclass(frozen=True)
class Row:
    """One surface of an organization.

    `methods` are the permissions by method. `names` say what stands in the address besides the
    organization: a name of the world's objects for each argument. `body` is sent along. `own` are
    further statuses with which the right role may be answered for an own object, beside those of
    success and of a refused value. `hidden` are roles that have the permission, but for their own
    objects only: the world's objects are the owner's.
    """

    methods: dict[str, P]
    names: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    own: frozenset[int] = frozenset()
    hidden: frozenset[str] = frozenset()
    # Only for the owners of a group that is locked down or leaving; ours is neither.
    rests: bool = False
    # Done once or twice is the same: what is not there any more is answered as what is now gone.
    forgives: bool = False
    # The address names no organization: whose it is follows from the token.
    of_token: bool = False
    # What is shared by all organizations is nobody's: there is no foreign one.
    is_shared: bool = False
    # The organization stands in the query under this name, and not in the address.
    query: str = ""
    # What a page says to who is not signed in.
    out: frozenset[int] = frozenset({303})


def reads(permission: P, **more: Any) -> Row:
    """A page to read."""
    return Row({"GET": permission}, **more)


def form(permission: P, body: dict[str, Any] | None = None, **more: Any) -> Row:
    """A page with a form."""
    return Row({"GET": permission, "POST": permission}, body=body or {}, **more)


def act(permission: P, body: dict[str, Any] | None = None, **more: Any) -> Row:
    """A button."""
    return Row({"POST": permission}, body=body or {}, **more)


def resting(**more: Any) -> Row:
    """A page for the owners of a group that rests."""
    return Row({"GET": P.ORGANIZATION_DELETE, "POST": P.ORGANIZATION_DELETE}, rests=True, **more)


PROGRAM = {"program": "program"}
PART = {"program": "program", "part": "'texts"}
HELD = {"program": "program", "held": "held"}
PLACE = {"facility": "facility"}
RULE = {"facility": "facility", "rule_id": "rule"}
BELOW_COORDINATOR = frozenset({"member", "editor", "organizer", "late_owner", "both"})

DESK: dict[str, Row] = {
    "desk:overview": reads(P.ORGANIZATION_READ),
    "desk:tokens": reads(P.TOKEN_MAKE),
    "desk:token_new": form(P.TOKEN_MAKE, {"name": "x", "scopes": ["directory:read"]}),
    "desk:token_revoke": act(P.TOKEN_MAKE, names={"token_id": "token"}, hidden=BELOW_COORDINATOR),
    "desk:programs": reads(P.PROGRAM_READ),
    "desk:program_new": form(P.PROGRAM_EDIT, {"name": "New", "language": "en"}),
    "desk:program": reads(P.PROGRAM_READ, names=PROGRAM),
    "desk:program_edit": form(P.PROGRAM_EDIT, names=PART),
    "desk:program_draft": act(P.PROGRAM_EDIT, names=PART, own=frozenset({200, 204, 400})),
    "desk:program_discard": act(P.PROGRAM_EDIT, names=PART),
    "desk:program_choose": act(P.PROGRAM_EDIT, names=PART, own=frozenset({404})),
    "desk:program_publish": act(P.PROGRAM_PUBLISH, names=PROGRAM),
    "desk:program_unpublish": act(P.PROGRAM_PUBLISH, names=PROGRAM),
    "desk:program_confirm": act(P.PROGRAM_PUBLISH, names=PROGRAM),
    "desk:program_held_confirm": act(P.PROGRAM_PUBLISH, names=HELD, own=frozenset({403})),
    "desk:program_held_cancel": act(P.PROGRAM_PUBLISH, names=HELD),
    "desk:program_delete": form(P.PROGRAM_DELETE, names=PROGRAM),
    "desk:program_restore": act(P.PROGRAM_DELETE, names=PROGRAM),
    "desk:program_history": reads(P.PROGRAM_READ, names=PROGRAM),
    "desk:program_version": Row(
        {"GET": P.PROGRAM_READ, "POST": P.PROGRAM_EDIT}, names={**PROGRAM, "number": "'1"}
    ),
    "desk:program_sharing": form(P.PROGRAM_GRANT, names=PROGRAM),
    "desk:program_granted": form(P.PROGRAM_EDIT, names={"grant": "'999999"}, own=frozenset({404})),
    "desk:places": reads(P.LEDGER_WRITE),
    "desk:place": reads(P.LEDGER_WRITE, names=PLACE, is_shared=True),
    "desk:ledger_report": form(P.LEDGER_WRITE),
    "desk:ledger_reports": reads(P.LEDGER_WRITE),
    "desk:ledger_report_at": form(P.LEDGER_WRITE, names=PLACE, is_shared=True),
    "desk:ledger_cancel": form(P.LEDGER_WRITE, names={"report_id": "report"}),
    "desk:ledger_correct": form(
        P.LEDGER_WRITE, names={"report_id": "report"}, own=frozenset({404})
    ),
    "desk:place_claim": form(P.LEDGER_WRITE, names=PLACE, is_shared=True),
    "desk:place_claim_withdraw": form(P.LEDGER_WRITE, names=PLACE, is_shared=True),
    "desk:place_rule_add": form(P.LEDGER_WRITE, names=PLACE, is_shared=True),
    "desk:place_rule": form(P.LEDGER_WRITE, names=RULE),
    "desk:place_rule_confirm": act(P.LEDGER_WRITE, names=RULE),
    "desk:place_rule_withdraw": form(P.LEDGER_WRITE, names=RULE, forgives=True),
    "desk:members": reads(P.MEMBER_READ),
    "desk:member": form(P.MEMBER_MANAGE, {"role": "editor"}, names={"membership_id": "member"}),
    "desk:member_end": act(P.MEMBER_MANAGE, names={"membership_id": "member"}),
    "desk:invite": form(P.MEMBER_MANAGE, {"email": "new@example.org", "role": "member"}),
    "desk:invitation_revoke": act(P.MEMBER_MANAGE, names={"invitation_id": "invitation"}),
    "desk:invitation_resend": act(
        P.MEMBER_MANAGE, names={"invitation_id": "invitation"}, own=frozenset({404})
    ),
    "desk:audit": reads(P.AUDIT_READ),
    "desk:settings": reads(P.ORGANIZATION_READ),
    "desk:card": form(P.ORGANIZATION_EDIT),
    "desk:website": act(P.CARD_PUBLISH),
    "desk:lock": form(P.ORGANIZATION_LOCK),
    "desk:leave": form(P.ORGANIZATION_READ),
    "desk:delete": form(P.ORGANIZATION_DELETE),
    "desk:handover": act(P.ORGANIZATION_DELETE, own=frozenset({404})),
    "desk:approval": form(P.ORGANIZATION_EXPORT, names={"approval_id": "approval"}),
    "desk:documents": Row({"GET": P.DOCUMENT_READ, "POST": P.DOCUMENT_WRITE}),
    "desk:document": reads(P.DOCUMENT_READ, names={"upload": "document"}),
    "desk:document_delete": act(P.DOCUMENT_WRITE, names={"upload": "document"}),
    "desk:document_restore": act(P.DOCUMENT_WRITE, names={"upload": "document"}),
    "desk:logo": form(P.ORGANIZATION_EDIT),
    "desk:logo_remove": act(P.ORGANIZATION_EDIT),
    "desk:photo": form(P.PROGRAM_EDIT, names={"program": "program_id"}),
    "desk:photo_remove": act(P.PROGRAM_EDIT, names={"program": "program_id"}),
    "desk:picture": reads(P.ORGANIZATION_READ, names={"upload": "logo"}),
    "desk:export": form(P.ORGANIZATION_EXPORT),
    "desk:export_fetch": act(P.ORGANIZATION_EXPORT, names={"export": "export"}),
    "desk:export_end": act(P.ORGANIZATION_EXPORT),
    "desk:resting": resting(),
    "desk:unlock": resting(),
    "desk:restore": Row({"POST": P.ORGANIZATION_DELETE}, rests=True),
    "desk:resting_approval": resting(names={"approval_id": "approval"}),
}

DESK["desk:support"] = form(P.SUPPORT_ALLOW)

ID = {"pk": "program_id"}
OF_ONE = dict.fromkeys(("GET", "PATCH", "DELETE"))


def each(**methods: P) -> dict[str, P]:
    """Permissions by method."""
    return methods


API: dict[str, Row] = {
    "api:tokens": Row(each(GET=P.TOKEN_MAKE)),
    "api:token": Row(each(DELETE=P.TOKEN_MAKE), names={"pk": "token"}, hidden=BELOW_COORDINATOR),
    "api:members": Row(each(GET=P.MEMBER_READ)),
    "api:member": Row(
        each(GET=P.MEMBER_READ, PATCH=P.MEMBER_MANAGE, DELETE=P.MEMBER_MANAGE),
        names={"pk": "member"},
        body={"role": "editor"},
    ),
    "api:invitations": Row(
        each(GET=P.MEMBER_MANAGE, POST=P.MEMBER_MANAGE),
        body={"email": "new@example.org", "role": "member"},
    ),
    "api:invitation": Row(
        each(GET=P.MEMBER_MANAGE, DELETE=P.MEMBER_MANAGE), names={"pk": "invitation"}
    ),
    "api:audit": Row(each(GET=P.AUDIT_READ)),
    "api:own_programs": Row(
        each(GET=P.PROGRAM_READ, POST=P.PROGRAM_EDIT),
        body={"names": {"en": "New"}, "country": "GB"},
    ),
    "api:own_program": Row(
        each(GET=P.PROGRAM_READ, PATCH=P.PROGRAM_EDIT, DELETE=P.PROGRAM_DELETE),
        names=ID,
        body={"status": "paused"},
        own=frozenset({409}),
    ),
    "api:own_program_publish": Row(each(POST=P.PROGRAM_PUBLISH), names=ID),
    "api:own_program_unpublish": Row(each(POST=P.PROGRAM_PUBLISH), names=ID),
    "api:own_program_confirm": Row(each(POST=P.PROGRAM_PUBLISH), names=ID),
    "api:documents": Row(
        each(GET=P.DOCUMENT_READ, POST=P.DOCUMENT_WRITE), body=files.DOCUMENT_EXAMPLE
    ),
    "api:document": Row(
        each(GET=P.DOCUMENT_READ, DELETE=P.DOCUMENT_WRITE), names={"pk": "document"}
    ),
    "api:logo": Row(
        each(GET=P.ORGANIZATION_READ, POST=P.ORGANIZATION_EDIT, DELETE=P.ORGANIZATION_EDIT),
        body=files.LOGO_EXAMPLE,
    ),
    "api:photo": Row(
        each(GET=P.PROGRAM_READ, POST=P.PROGRAM_EDIT, DELETE=P.PROGRAM_EDIT),
        names=ID,
        body=files.PHOTO_EXAMPLE,
        own=frozenset({404}),
    ),
    "api:exports": Row(each(GET=P.ORGANIZATION_EXPORT, POST=P.ORGANIZATION_EXPORT)),
    "api:access_reports": Row(each(GET=P.LEDGER_WRITE, POST=P.LEDGER_WRITE)),
    "api:access_report": Row(
        each(GET=P.LEDGER_WRITE, DELETE=P.LEDGER_WRITE), names={"pk": "report"}
    ),
    "api:own_claims": Row(each(GET=P.LEDGER_WRITE, POST=P.LEDGER_WRITE)),
    "api:own_claim": Row(
        each(GET=P.LEDGER_WRITE, DELETE=P.LEDGER_WRITE),
        names={"pk": "claim"},
    ),
    "api:own_rules": Row(each(GET=P.LEDGER_WRITE, POST=P.LEDGER_WRITE)),
    "api:own_rule": Row(
        each(GET=P.LEDGER_WRITE, PATCH=P.LEDGER_WRITE, DELETE=P.LEDGER_WRITE),
        names={"pk": "rule"},
        own=frozenset({409}),
    ),
    "api:confirm_rule": Row(each(POST=P.LEDGER_WRITE), names={"pk": "rule"}),
}

# Whose rows are a person's and no organization's: each of these knows only who asks.
PERSONAL = {
    "account:overview",
    "account:profile",
    "account:password",
    "account:email",
    "account:delete",
    "account:export",
    "account:panic",
    "account:confirm",
    "account:confirm_question",
    "account:device",
    "account:end_device",
    "account:factors",
    "account:code_app",
    "account:confirm_code_app",
    "account:code_app_picture",
    "account:passkey",
    "account:passkey_question",
    "account:recovery_codes",
    "account:factor",
    "account:remove_factor",
    "desk:index",
    "api:me",
}
# Open to everybody, because nobody is signed in yet, or no longer.
OPEN = {
    "account:sign_in",
    "account:second",
    "account:passkey_sign_in",
    "account:passkey_ask",
    "account:sign_out",
    "account:signed_out",
    "account:forgot",
    "account:asked",
    "account:link",
    "account:invitation",
    "report:facility",
    "report:facility_sent",
    "report:program",
    "report:program_sent",
}

# Each area keeps its rows in a file of its own, `rows_*.py`: `DESK` and `API` give the fields of a
# row by address, `PERSONAL` and `OPEN` the addresses.
_HERE = Path(__file__).parent
for _one in sorted(path.stem for path in _HERE.glob("rows_*.py")):
    _rows = import_module(f"tests.matrix.{_one}")
    for _all, _name in ((DESK, "DESK"), (API, "API")):
        _more = getattr(_rows, _name, {})
        if _twice := _all.keys() & _more.keys():
            raise RuntimeError(f"{_one} has rows that stand elsewhere already: {sorted(_twice)}")
        _all |= {name: Row(**fields) for name, fields in _more.items()}
    PERSONAL |= set(getattr(_rows, "PERSONAL", ()))
    OPEN |= set(getattr(_rows, "OPEN", ()))
