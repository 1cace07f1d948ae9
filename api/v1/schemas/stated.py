"""What an organization states about places of detention: reports, claims and rules of its own."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text, truth, whole
from api.v1.shell.confirming import FIELD as CONFIRM

_DATE = "A year, a year and month, or a day: `2026`, `2026-11`, `2026-11-21`."
_SOURCE = "The web address of the source; empty where the organization knows it itself."
_LANGUAGE = text("The language of its sentences, BCP 47.")
_EVENT = or_null({"type": "string", "format": "uuid"})
_WHAT: dict[str, Schema] = {
    "visitor_category": ref("VisitorCategory", "Who is let in or kept out; not `unknown`."),
    "status": ref("AccessStatus", "What holds for them; not `unknown`."),
    "effective_from": ref("PartialDate", f"Since when. {_DATE}"),
    "effective_to": common.partial("Until when; null where it holds or nobody knows."),
    "scope": ref("EventScope"),
    "stated_reason": ref("StatedReason", "What the authority said."),
    "retaliation": ref("Retaliation"),
    "source_kind": ref("SourceKind", "`first_hand` needs no address; all others do."),
    "source_url": text("The web address of the source; empty for what is known first hand."),
    "confidence": ref("Confidence"),
    "statement": text("What happened. Never the name or number of a person held."),
    "text_language": _LANGUAGE,
}
_SIGNED = (
    "Who is named: `organization`, a `coalition` that it belongs to, or `verified_program`, which "
    "nobody outside the organization can tell from another. Naming who reported a ban can get "
    "them banned. It cannot be changed."
)
_FACTS: dict[str, Schema] = {
    "status": ref("FacilityStatus"),
    "kind": ref("FacilityKind"),
    "setting": ref("FacilitySetting", "Needs `kind` beside it."),
    "operator_kind": ref("OperatorKind"),
    "operator": text("Who runs it."),
    "custodial_authority": text("The authority responsible."),
    "note": text("A remark; needs `text_language`."),
    "population": or_null(whole("How many people are held there.", minimum=0)),
    "capacity": or_null(whole("How many it can hold.", minimum=0)),
}
_TERMS: dict[str, Schema] = {
    "visitor_category": ref("VisitorCategory", "Who the rules are for; not `unknown`."),
    "days_hours": text("When; times of the place itself."),
    "booking_required": ref("YesNo"),
    "booking_lead_hours": or_null(whole("Hours before a visit.", minimum=0)),
    "id_required": text("Which papers are asked for."),
    "max_visitors": or_null(whole("How many at once.", minimum=0)),
    "max_minutes": or_null(whole("How long, in minutes.", minimum=0)),
    "contact_type": text("`contact`, `non_contact`, or a word of your own."),
    "items_barred": array({"type": "string"}, "What may not be brought."),
    "minors": text("Whether children may come."),
    "transport": text("How to get there."),
    "languages": array({"type": "string"}, "Languages of the staff, BCP 47."),
    "note": text("A remark."),
}
_DATED: dict[str, Schema] = {
    "source_url": text(_SOURCE),
    "as_of": ref("PartialDate", f"When this was so. {_DATE}"),
    "text_language": _LANGUAGE,
}
_WHERE: dict[str, Schema] = {
    "facility": or_null(text(), "The slug of the place; null where a country is meant."),
    "country": or_null(text(), "Two letters of ISO 3166-1; needed without a `facility`."),
    "facility_name": text("A place that is not listed; without it the whole country is meant."),
}

SCHEMAS: dict[str, Schema] = {
    "AccessReport": closed(
        "What the organization reported to the ledger; told to itself alone. The public entry, "
        "`event`, leads nowhere.",
        {
            "id": common.UUID,
            "state": text(
                "Whether it waits for its day, is public, was corrected, or taken back.",
                enum=["waiting", "released", "superseded", "cancelled"],
            ),
            **_WHERE,
            "nationwide": truth("Whether it speaks for every place in the country."),
            **_WHAT,
            "attributed_as": ref("Attribution", _SIGNED),
            "attributed_to": text("The name that readers see; empty for a verified program."),
            "publish_at": text("When it becomes public, or did.", format="date-time"),
            "event": {**_EVENT, "description": "The id of the public entry; null before."},
            "supersedes": {**_EVENT, "description": "The entry that it corrects, or null."},
            "created_at": common.MOMENT,
        },
    ),
    "AccessReportDraft": closed(
        "A report to the ledger.",
        {
            **_WHERE,
            **_WHAT,
            "attributed_as": ref("Attribution", _SIGNED),
            "coalition": text(
                "The slug of the coalition that is named; needed where there are several. Where "
                "the membership ends before the entry is public, a verified program is named."
            ),
            "publish_at": or_null(
                text(),
                "A moment, or a day, at most 30 days ahead; left out: at once.",
            ),
            "supersedes": {
                **_EVENT,
                "description": "The organization's own public entry that this one corrects; "
                "`attributed_as` must be the same.",
            },
            **CONFIRM,
        },
        optional=(
            *CONFIRM,
            *_WHERE,
            "effective_to",
            "scope",
            "stated_reason",
            "retaliation",
            "source_url",
            "confidence",
            "attributed_as",
            "coalition",
            "publish_at",
            "supersedes",
        ),
    ),
    "AccessReportPage": common.page(
        "AccessReportPage", "AccessReport", "A page of reports, newest first."
    ),
    "OwnClaim": closed(
        "What the organization states about one place, in its name.",
        {
            "id": common.UUID,
            "facility": text("The slug of the place."),
            "values": {
                "type": "object",
                "description": "What it says, by the names of the fields of a place.",
                "additionalProperties": True,
            },
            **_DATED,
            "created_at": common.MOMENT,
        },
    ),
    "ClaimDraft": closed(
        "Facts about one place, in place of what the organization stated before. What is left out "
        "is not stated.",
        {
            "facility": text("The slug of the place."),
            **_FACTS,
            **_DATED,
            "seen": or_null(
                text(format="uuid"),
                "The `id` of the organization's present claim about the place, null or left out "
                "where there is none: 409 with the present one where it is another.",
            ),
            **CONFIRM,
        },
        optional=(*_FACTS, "source_url", "text_language", "seen", *CONFIRM),
    ),
    "OwnClaimPage": common.page("OwnClaimPage", "OwnClaim", "A page of claims, newest first."),
    "OwnRule": closed(
        "The rules for one kind of visitor at one place, written by the organization.",
        {
            "id": common.UUID,
            "facility": or_null(text(), "The slug of the place."),
            **_TERMS,
            **_DATED,
            "confirmed_on": or_null(common.DAY, "When the organization last confirmed it."),
            "version": common.VERSION,
        },
    ),
    "RuleDraft": closed(
        "Rules for a visit.",
        {
            "facility": text("The slug of the place; only of new ones."),
            **_TERMS,
            **_DATED,
            **CONFIRM,
        },
        optional=("facility", *_TERMS, *_DATED, *CONFIRM),
    ),
    "OwnRulePage": common.page("OwnRulePage", "OwnRule", "A page of rules, last changed first."),
}

REPORT_DRAFT: dict[str, Any] = {
    "facility": "fr-example-centre",
    "visitor_category": "volunteer_visitor",
    "status": "suspended",
    "effective_from": "2026-05-30",
    "source_kind": "first_hand",
    "statement": "All volunteers were turned away.",
    "text_language": "en",
    "attributed_as": "verified_program",
    "publish_at": "2026-06-08",
}
REPORT: dict[str, Any] = {
    "id": "0d5b5c1e-6a2f-4f0b-9f0a-3a1d2f6c7b88",
    "state": "waiting",
    "facility": "fr-example-centre",
    "country": "FR",
    "facility_name": "Example Centre",
    "nationwide": False,
    "visitor_category": "volunteer_visitor",
    "status": "suspended",
    "effective_from": "2026-05-30",
    "effective_to": None,
    "scope": "all",
    "stated_reason": "none_given",
    "retaliation": "no",
    "source_kind": "first_hand",
    "source_url": "",
    "confidence": "single",
    "statement": "All volunteers were turned away.",
    "text_language": "en",
    "attributed_as": "verified_program",
    "attributed_to": "",
    "publish_at": "2026-06-08T00:00:00.000000Z",
    "event": None,
    "supersedes": None,
    "created_at": common.WHEN,
}
CLAIM_DRAFT: dict[str, Any] = {
    "facility": "fr-example-centre",
    "status": "open",
    "capacity": 120,
    "as_of": "2026-05",
    "source_url": "",
    "seen": None,
}
CLAIM: dict[str, Any] = {
    "id": "4b7f0d1a-2c3e-4d5f-8a9b-0c1d2e3f4a5b",
    "facility": "fr-example-centre",
    "values": {"status": "open", "status_source_value": "", "capacity": 120},
    "source_url": "",
    "as_of": "2026-05",
    "text_language": "en",
    "created_at": common.WHEN,
}
RULE_DRAFT: dict[str, Any] = {
    "facility": "fr-example-centre",
    "visitor_category": "family_friend",
    "days_hours": "Tue and Sat 14:00-16:00",
    "booking_required": "yes",
    "booking_lead_hours": 24,
    "as_of": "2026-05",
    "text_language": "en",
}
RULE: dict[str, Any] = {
    "id": "9c8b7a6f-5e4d-4c3b-a291-807f6e5d4c3b",
    "facility": "fr-example-centre",
    "visitor_category": "family_friend",
    "days_hours": "Tue and Sat 14:00-16:00",
    "booking_required": "yes",
    "booking_lead_hours": 24,
    "id_required": "",
    "max_visitors": None,
    "max_minutes": None,
    "contact_type": "",
    "items_barred": [],
    "minors": "",
    "transport": "",
    "languages": [],
    "note": "",
    "source_url": "",
    "as_of": "2026-05",
    "text_language": "en",
    "confirmed_on": "2026-06-01",
    "version": 1,
}


def page_of(example: dict[str, Any]) -> dict[str, Any]:
    """An example of a page."""
    return {"next": None, "previous": None, "results": [example]}
