"""Applications: how a group comes in, as its own members read it."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text
from api.v1.shell.confirming import FIELD as CONFIRM
from directory.enums import ApplicationKind, ApplicationState, NoteAuthor
from directory.queries.application_answers import LONGEST

_TEXTS = ("about", "since", "places", "contact", "check", "independence")
_ANSWERS: dict[str, Schema] = {
    **{name: text(maxLength=LONGEST[name]) for name in _TEXTS},
    "languages": array(text(maxLength=35), "Languages, as BCP 47 codes.", maxItems=60),
    "website": text("Empty, or http or https.", maxLength=500),
}
_FIRST = {
    "name": text("Name of the group."),
    "country": text("ISO 3166."),
    "person_name": text("Who asks."),
    "person_email": text("Where they are reached."),
}

SCHEMAS: dict[str, Schema] = {
    "ApplicationAnswers": closed(
        "Answers; what is not sent is kept, an empty one taken away.",
        {**_ANSWERS, **CONFIRM},
        (*_ANSWERS, *CONFIRM),
    ),
    "ApplicationNoteDraft": closed(
        "An answer to the stewards.",
        {"body": text(minLength=1, maxLength=3000), **CONFIRM},
        tuple(CONFIRM),
    ),
    "ApplicationNote": closed(
        "One line of the talk with the stewards.",
        {
            "author": text(enum=list(NoteAuthor.values)),
            "body": text("What was written."),
            "created_at": common.MOMENT,
        },
    ),
    "Application": closed(
        "An application of the token's organization.",
        {
            "id": common.UUID,
            "kind": text(enum=list(ApplicationKind.values)),
            "state": text(enum=list(ApplicationState.values)),
            "answers": closed("What was answered.", {**_FIRST, **_ANSWERS}, (*_FIRST, *_ANSWERS)),
            "missing": array(text(), "Answers without which it cannot be sent."),
            "listing": or_null(text(), "The slug of the entry that is claimed; null for none."),
            "submitted_at": or_null(common.MOMENT, "When it was sent; null before."),
            "decided_at": or_null(common.MOMENT, "When it ended; null before."),
            "reason": text("What the stewards answered; empty before."),
            "notes": array(ref("ApplicationNote"), "The talk with the stewards, in order."),
            "version": common.VERSION,
        },
    ),
    "ApplicationList": closed(
        "The newest application of the organization, or none.",
        {"results": array(ref("Application"), maxItems=1)},
    ),
}

ANSWERS_EXAMPLE: dict[str, Any] = {"since": "2019", "languages": ["en"]}
NOTE_EXAMPLE: dict[str, Any] = {"body": "You can ask the chaplain."}
EXAMPLE: dict[str, Any] = {
    "id": "5d2c7a90-3f41-4a0e-8d2b-1b7c9e5f6a44",
    "kind": "register",
    "state": "draft",
    "answers": {"name": "Example Visitors", "country": "GB", "since": "2019"},
    "missing": ["about"],
    "listing": None,
    "submitted_at": None,
    "decided_at": None,
    "reason": "",
    "notes": [],
    "version": 1,
}
LIST_EXAMPLE: dict[str, Any] = {"results": [EXAMPLE]}
