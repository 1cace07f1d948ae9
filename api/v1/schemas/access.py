"""Who may visit: the ledger, what holds now, rules of places and of countries."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text, truth, whole

_ID = {"type": "string", "format": "uuid"}

SCHEMAS: dict[str, Schema] = {
    "AccessEvent": closed(
        "One entry of the ledger: for this kind of visitor, from then until then. Entries are "
        "added and never changed; a correction is a new entry that `supersedes` the old one.",
        {
            "id": common.UUID,
            "facility": or_null(
                {"type": "string"},
                "The slug of the place; null where a country or a place without a page is meant.",
            ),
            "facility_name": text("What the source calls it."),
            "nationwide": truth("Whether it speaks for every place in the country."),
            "visitor_category": ref("VisitorCategory"),
            "category_source_value": text(common.WORDS_OF_SOURCE),
            "status": ref("AccessStatus"),
            "status_source_value": text(common.WORDS_OF_SOURCE),
            "effective_from": common.partial("When it began; null where nobody knows."),
            "effective_to": common.partial("When it ended; null where it is not known to have."),
            "scope": ref("EventScope"),
            "stated_reason": ref("StatedReason"),
            "reason_source_value": text(common.WORDS_OF_SOURCE),
            "retaliation": ref("Retaliation"),
            "source_kind": ref("SourceKind"),
            "source_url": text("The address of the source; empty where there is none."),
            "confidence": ref("Confidence"),
            "statement": text("What the source says, in one sentence."),
            "text_language": common.LANGUAGE,
            "attributed_as": ref("Attribution"),
            "attributed_to": text("The name under which its author chose to stand, or empty."),
            "supersedes": or_null(_ID, "The id of the entry that this one corrects."),
            "replaced": truth("Whether a later entry corrects this one."),
        },
    ),
    "Standing": closed(
        "What the ledger says last of one kind of visitor.",
        {
            "visitor_category": ref("VisitorCategory"),
            "status": ref("AccessStatus"),
            "since": common.partial("When it began."),
            "ended": common.partial("When it ended: it is then no present status."),
            "unconfirmed": truth("It began more than 90 days ago, or nobody knows when."),
            "whole_country": truth("Whether it is about every place in the country."),
            "event": {**_ID, "description": "The id of the entry that says so."},
        },
    ),
    "VisitingRule": closed(
        "The rules of one place for one kind of visitor, as one source says on its date.",
        {
            "visitor_category": ref("VisitorCategory"),
            "category_source_value": text(common.WORDS_OF_SOURCE),
            "days_hours": text("When, in the source's words; times of the place itself."),
            "booking_required": ref("YesNo"),
            "booking_lead_hours": or_null(whole("Hours before a visit.", minimum=0)),
            "id_required": text("Which papers are asked for."),
            "max_visitors": or_null(whole("How many at once.", minimum=0)),
            "max_minutes": or_null(whole("How long, in minutes.", minimum=0)),
            "contact_type": text("Whether people sit together or behind glass."),
            "items_barred": array({"type": "string"}, "What may not be brought."),
            "minors": text("Whether children may come."),
            "transport": text("How to get there."),
            "languages": array({"type": "string"}, "Languages of the staff, BCP 47."),
            "note": text("A remark of the source."),
            "text_language": common.LANGUAGE,
            "author": text("The slug of the organization; empty for what was imported."),
            "confirmed_on": or_null(
                common.DAY, "When that organization last said that it holds; null for imports."
            ),
            "source": common.source(),
        },
    ),
    "FacilityAccess": closed(
        "Who may visit one place.",
        {
            "facility": ref("FacilityReference"),
            "standings": array(ref("Standing"), "What holds now, by kind of visitor."),
            "events": array(ref("AccessEvent"), "The ledger, newest first."),
            "rules": array(ref("VisitingRule"), "The rules for a visit."),
        },
    ),
    "LawStatement": closed(
        "What one source says on one kind of visitor, in law and in practice.",
        {
            "jurisdiction": text("A country's code, or `EU` for the law of the European Union."),
            "visitor_category": ref("VisitorCategory"),
            "category_source_value": text(common.WORDS_OF_SOURCE),
            "right_in_law": ref("RightInLaw"),
            "law_source_value": text(common.WORDS_OF_SOURCE),
            "legal_basis": text("The act and its article."),
            "legal_basis_date": common.partial("The date of the act."),
            "authorisation_needed": text("Whose leave is needed."),
            "practice": ref("Practice"),
            "practice_source_value": text(common.WORDS_OF_SOURCE),
            "statement": text("What the source says, in one sentence."),
            "text_language": common.LANGUAGE,
            "confidence": ref("Confidence"),
            "source": common.source(),
        },
    ),
}

EVENT_EXAMPLE: dict[str, Any] = {
    "id": "77c1b2d3-2f0e-4d7a-a1b2-5d6e7f809155",
    "facility_name": "Example Centre",
    "nationwide": False,
    "visitor_category": "volunteer_visitor",
    "category_source_value": "volunteers",
    "status": "suspended",
    "status_source_value": "suspended",
    "effective_from": "2026-03",
    "effective_to": None,
    "scope": "all",
    "stated_reason": "staffing",
    "reason_source_value": "",
    "retaliation": "no",
    "source_kind": "official_notice",
    "source_url": "https://example.org/notice",
    "confidence": "single",
    "statement": "Visits by volunteers stopped for want of staff.",
    "text_language": "en",
    "attributed_as": "source",
    "attributed_to": "",
    "facility": "fr-example-centre",
    "supersedes": None,
    "replaced": False,
}
ACCESS_EXAMPLE: dict[str, Any] = {
    "facility": {
        "id": common.FACILITY_ID,
        "slug": "fr-example-centre",
        "name": "Example Centre",
    },
    "standings": [
        {
            "visitor_category": "volunteer_visitor",
            "status": "suspended",
            "since": "2026-03",
            "ended": None,
            "unconfirmed": False,
            "whole_country": False,
            "event": EVENT_EXAMPLE["id"],
        }
    ],
    "events": [EVENT_EXAMPLE],
    "rules": [
        {
            "visitor_category": "family_friend",
            "category_source_value": "families",
            "days_hours": "Tue and Sat 14:00-16:00",
            "booking_required": "yes",
            "booking_lead_hours": 24,
            "id_required": "passport or identity card",
            "max_visitors": 2,
            "max_minutes": 60,
            "contact_type": "",
            "items_barred": ["telephone"],
            "minors": "",
            "transport": "",
            "languages": [],
            "note": "",
            "text_language": "en",
            "author": "",
            "confirmed_on": None,
            "source": common.SOURCE_EXAMPLE,
        }
    ],
}
LAW_EXAMPLE: dict[str, Any] = {
    "jurisdiction": "FR",
    "visitor_category": "volunteer_visitor",
    "category_source_value": "volunteers",
    "right_in_law": "conditional",
    "law_source_value": "with leave",
    "legal_basis": "Example Act, article 5",
    "legal_basis_date": "2011",
    "authorisation_needed": "leave of the centre",
    "practice": "granted",
    "practice_source_value": "",
    "statement": "Volunteers may visit with the leave of the centre.",
    "text_language": "en",
    "confidence": "single",
    "source": common.SOURCE_EXAMPLE,
}
