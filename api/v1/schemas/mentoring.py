"""Help between groups: what one offers, who offers it, and what was asked."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text, truth
from api.v1.shell.confirming import FIELD as CONFIRM
from directory.actions.mentoring.checks import MAX_CONTACT, MAX_TEXT
from directory.enums import MentorState
from directory.queries.mentors import WEIGHTS

_TEXT = text("What the group can help with. Every verified group reads it.", maxLength=MAX_TEXT)
_LANGUAGES = array(text(maxLength=35), "Languages in which it can help, as BCP 47 codes.")
_OPEN = truth("Whether groups may ask at present.")
_PLACE = or_null(text(), "The slug of the place that it is about, or null.")
_CONTACT = "How to reach the group that %s."

SCHEMAS: dict[str, Schema] = {
    "MentorOffer": closed(
        "What the organization offers to groups that begin.",
        {
            "is_open": _OPEN,
            "text": _TEXT,
            "languages": _LANGUAGES,
            "updated_at": or_null(common.MOMENT, "When it last changed; null before the first."),
        },
    ),
    "MentorOfferDraft": closed(
        "An offer, in place of the one before.",
        {
            "is_open": _OPEN,
            "text": {**_TEXT, "description": "What you can help with; needed while it is open."},
            "languages": _LANGUAGES,
            **CONFIRM,
        },
        optional=("is_open", "languages", *CONFIRM),
    ),
    "Mentor": closed(
        "A group that offers help.",
        {
            "organization": ref("OrganizationReference"),
            "country": text("Two letters of ISO 3166-1; empty where it has none."),
            "text": _TEXT,
            "languages": _LANGUAGES,
            "common": array(
                closed(
                    "One thing in common.",
                    {
                        "reason": text(enum=list(WEIGHTS)),
                        "value": text("Its name, or its code."),
                    },
                ),
                "What it has in common with what is looked for, most helpful first.",
            ),
            "request": or_null(text(format="uuid"), "The id of your open request to it, or null."),
        },
    ),
    "MentorList": closed(
        "Groups that offer help, those with most in common first.",
        {"results": array(ref("Mentor"), maxItems=100)},
    ),
    "MentorRequest": closed(
        "A request for help between two groups. Both read it, nobody else.",
        {
            "id": common.UUID,
            "direction": text(
                "Whether your organization asked or was asked.", enum=["sent", "received"]
            ),
            "state": text(enum=list(MentorState.values)),
            "organization": or_null(
                ref("OrganizationReference"), "The other group; null where it is public no more."
            ),
            "facility": _PLACE,
            "text": text("What is asked."),
            "contact": text(_CONTACT % "asks"),
            "answer": text("What was answered; empty before, or where nothing was said."),
            "mentor_contact": text(_CONTACT % "helps" + " Empty without a yes."),
            "created_at": common.MOMENT,
            "answered_at": or_null(common.MOMENT, "When it was answered; null before."),
            "ended_at": or_null(common.MOMENT, "When it ended; null before."),
        },
    ),
    "MentorRequestPage": common.page(
        "MentorRequestPage", "MentorRequest", "A page of requests, newest first."
    ),
    "MentorRequestDraft": closed(
        "A request for help.",
        {
            "organization": text("The slug of a group that offers help.", maxLength=160),
            "text": text("What you want to know.", minLength=1, maxLength=MAX_TEXT),
            "contact": text(_CONTACT % "asks", minLength=1, maxLength=MAX_CONTACT),
            "facility": text("The slug of the place that it is about.", maxLength=160),
            **CONFIRM,
        },
        optional=("facility", *CONFIRM),
    ),
    "MentorYes": closed(
        "A yes.",
        {
            "contact": text(_CONTACT % "helps", minLength=1, maxLength=MAX_CONTACT),
            "answer": text("A word with it.", maxLength=MAX_TEXT),
            **CONFIRM,
        },
        optional=("answer", *CONFIRM),
    ),
    "MentorNo": closed(
        "A no.",
        {"answer": text("A word with it.", maxLength=MAX_TEXT), **CONFIRM},
        optional=("answer", *CONFIRM),
    ),
}

_OTHER = {
    "id": common.ORGANIZATION_ID,
    "slug": "visiteurs-du-port",
    "name": "Visiteurs du port",
}
OFFER_DRAFT: dict[str, Any] = {
    "is_open": True,
    "text": "We have trained forty visitors.",
    "languages": ["en", "es"],
}
OFFER: dict[str, Any] = {**OFFER_DRAFT, "updated_at": common.WHEN}
MENTORS: dict[str, Any] = {
    "results": [
        {
            "organization": _OTHER,
            "country": "FR",
            "text": "We were let in at the port.",
            "languages": ["fr"],
            "common": [{"reason": "language", "value": "fr"}],
            "request": None,
        }
    ]
}
REQUEST_DRAFT: dict[str, Any] = {
    "organization": "visiteurs-du-port",
    "text": "We begin in Lille. How were you let in?",
    "contact": "lille@example.org",
}
REQUEST: dict[str, Any] = {
    "id": "e7d6c5b4-a392-4180-9f8e-7d6c5b4a3921",
    "direction": "sent",
    "state": "asked",
    "organization": _OTHER,
    "facility": None,
    "text": "We begin in Lille. How were you let in?",
    "contact": "lille@example.org",
    "answer": "",
    "mentor_contact": "",
    "created_at": common.WHEN,
    "answered_at": None,
    "ended_at": None,
}
PAGE: dict[str, Any] = {"next": None, "previous": None, "results": [REQUEST]}
YES: dict[str, Any] = {"contact": "port@example.org", "answer": "Gladly."}
NO: dict[str, Any] = {"answer": "Not this year."}
