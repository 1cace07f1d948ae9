"""What somebody without an account sends: a first step, an objection."""

from __future__ import annotations

from typing import Any

from api.v1.schemas.shapes import Schema, closed, text, whole
from api.v1.shell.confirming import FIELD as CONFIRM
from directory.enums import ApplicationKind
from directory.queries.application_answers import LONGEST

_LANGUAGE = text("The language of mails about it: one of this node's. Else as the errors.")

SCHEMAS: dict[str, Schema] = {
    "FirstStep": closed(
        "The first form of a way in.",
        {
            "kind": text(enum=list(ApplicationKind.values)),
            "name": text("Name of the group, as it calls itself.", maxLength=LONGEST["name"]),
            "country": text(
                "Two letters of ISO 3166-1. Not with `claim`, where it is the entry's; with a "
                "`facility` it may be left out.",
                maxLength=2,
            ),
            "listing": text(
                "With `claim` alone: the slug of an entry that nobody has claimed.", maxLength=160
            ),
            "facility": text(
                "With `start` alone: the slug of the place where you want to visit.",
                maxLength=160,
            ),
            "person_name": text(
                "Who asks, for the stewards; not with a token.", maxLength=LONGEST["person_name"]
            ),
            "email": text(
                "The address that gets the link; not with a token.", format="email", maxLength=254
            ),
            "language": _LANGUAGE,
        },
        optional=("country", "listing", "facility", "person_name", "email", "language"),
    ),
    "FirstStepTaken": closed(
        "What comes next. It says nothing of the address.",
        {
            "next_step": text("Open the link in the mail.", enum=["open_link_in_mail"]),
            "link_lives_days": whole("So many days the link works.", minimum=1),
        },
    ),
    "ObjectionDraft": closed(
        "Why an entry is not theirs.",
        {
            "text": text("For the stewards. Never the name of a person held.", maxLength=3000),
            "email": text(
                "Where to answer, if that is wanted. It is deleted with the decision.",
                format="email",
                maxLength=254,
            ),
            "language": _LANGUAGE,
            **CONFIRM,
        },
        optional=("email", "language", *CONFIRM),
    ),
}

FIRST_STEP: dict[str, Any] = {
    "kind": "register",
    "name": "Example Visitors",
    "country": "GB",
    "person_name": "Noor",
    "email": "noor@example.org",
    "language": "ar",
}
TAKEN: dict[str, Any] = {"next_step": "open_link_in_mail", "link_lives_days": 7}
OBJECTION: dict[str, Any] = {"text": "We are this group, and never asked.", "language": "en"}
