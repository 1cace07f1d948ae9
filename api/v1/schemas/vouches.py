"""Vouches and proofs by mail: as the group that applies reads them, and as who is asked does."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, opened, or_null, ref, text, truth
from api.v1.shell.confirming import FIELD as CONFIRM
from directory.actions.applying.vouching import LONGEST_MESSAGE, LONGEST_STATEMENT
from directory.enums import ApplicationKind, IndependenceReason, VouchState
from directory.queries.vouches import MOST_ASKED

_STATE = text(enum=list(VouchState.values))
_GIVEN = or_null(common.MOMENT, "When it was given; null where it was not.")
_STATEMENT = text("How the two groups know each other; empty before it is given.")
_MESSAGE = text("What the group that applies wrote with the request.", maxLength=LONGEST_MESSAGE)

SCHEMAS: dict[str, Schema] = {
    "ApplicationVouch": closed(
        "A group that was asked to vouch for this application, and what it answered.",
        {
            "id": common.UUID,
            "organization": or_null(
                ref("OrganizationReference"), "Who was asked; null where it is public no more."
            ),
            "state": _STATE,
            "message": _MESSAGE,
            "statement": _STATEMENT,
            "counts": or_null(truth(), "Whether it is one of the two; null before it is given."),
            "reasons": array(
                text(enum=list(IndependenceReason.values)),
                "Why it does not count. None of them names a person.",
            ),
            "created_at": common.MOMENT,
            "given_at": _GIVEN,
        },
    ),
    "ApplicationVouchList": closed(
        "Everybody who was asked to vouch for an application.",
        {"results": array(ref("ApplicationVouch"), maxItems=MOST_ASKED)},
    ),
    "VouchRequest": closed(
        "A group to ask.",
        {
            "organization": text("The slug of a verified group of this node.", maxLength=160),
            "message": text("A line for it.", maxLength=LONGEST_MESSAGE),
            **CONFIRM,
        },
        optional=("message", *CONFIRM),
    ),
    "Proof": closed(
        "A mail of proof. Its link is kept by nobody here.",
        {
            "id": common.UUID,
            "email": text("Where it went; empty once the application is decided."),
            "domain": text("The domain of the entry's website when it was sent."),
            "created_at": text("When it was sent, in UTC.", format="date-time"),
            "expires_at": text("Until when the link works, in UTC.", format="date-time"),
            "confirmed_at": or_null(common.MOMENT, "When it was confirmed; null before."),
        },
    ),
    "ProofPage": common.page(
        "ProofPage",
        "Proof",
        "A page of mails of proof, newest first.",
        {
            "domain": text(
                "What addresses end in that prove this claim at present: by the website of the "
                "entry. Empty where none does."
            )
        },
    ),
    "ProofRequest": closed(
        "Where to send a mail of proof.",
        {"local_part": text("What stands before the @, such as `info`.", maxLength=64)},
    ),
    "AskedVouch": closed(
        "A request to vouch for a group that applies.",
        {
            "id": common.UUID,
            "state": _STATE,
            "kind": text("What it applies for.", enum=list(ApplicationKind.values)),
            "name": text("The group that applies, as it calls itself."),
            "answers": opened(
                "What it says of itself, by the names of `ApplicationAnswers`; nothing that is "
                "for the stewards alone.",
                {},
            ),
            "message": _MESSAGE,
            "statement": _STATEMENT,
            "is_open": truth("Whether the stewards have still to decide: after that nobody can."),
            "created_at": common.MOMENT,
            "given_at": _GIVEN,
        },
    ),
    "AskedVouchPage": common.page(
        "AskedVouchPage", "AskedVouch", "A page of requests to vouch, newest first."
    ),
    "VouchStatement": closed(
        "A vouch.",
        {
            "statement": text(
                "How you know each other. The group and the stewards read it.",
                minLength=1,
                maxLength=LONGEST_STATEMENT,
            ),
            **CONFIRM,
        },
        optional=tuple(CONFIRM),
    ),
}

ASKED_FOR: dict[str, Any] = {
    "id": "0b6f5f0a-9c1e-4f6b-8d57-2c3d4e5f6a70",
    "organization": {
        "id": common.ORGANIZATION_ID,
        "slug": "harbour-visitors",
        "name": "Harbour Visitors",
    },
    "state": "given",
    "message": "We met at the port.",
    "statement": "We have visited together since 2021.",
    "counts": False,
    "reasons": ["young"],
    "created_at": common.WHEN,
    "given_at": common.WHEN,
}
LIST: dict[str, Any] = {"results": [ASKED_FOR]}
REQUEST: dict[str, Any] = {"organization": "visiteurs-du-port", "message": "We met at the port."}
PROOF: dict[str, Any] = {
    "id": "6a0f3e1c-5b2d-4c8e-9f7a-1b2c3d4e5f60",
    "email": "info@lantern.example.org",
    "domain": "lantern.example.org",
    "created_at": common.WHEN,
    "expires_at": common.WHEN,
    "confirmed_at": None,
}
PROOFS: dict[str, Any] = {
    "next": None,
    "previous": None,
    "domain": "lantern.example.org",
    "results": [PROOF],
}
PROOF_REQUEST: dict[str, Any] = {"local_part": "info"}
ASKED: dict[str, Any] = {
    "id": "3f2e1d0c-9b8a-4766-8554-433221100ffe",
    "state": "asked",
    "kind": "register",
    "name": "Lantern Visitors",
    "answers": {"name": "Lantern Visitors", "country": "GB", "since": "2019"},
    "message": "We met at the port.",
    "statement": "",
    "is_open": True,
    "created_at": common.WHEN,
    "given_at": None,
}
ASKED_PAGE: dict[str, Any] = {"next": None, "previous": None, "results": [ASKED]}
STATEMENT: dict[str, Any] = {"statement": "We have visited together since 2021."}
