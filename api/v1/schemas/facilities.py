"""Places of detention: one, a page of them, and all of them as features."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, number, or_null, ref, text, whole

FACILITY = closed(
    "A place of detention, as the display rule shows it: of what several sources say, that of the "
    "most trustworthy and newest.",
    {
        "id": common.UUID,
        "slug": common.SLUG,
        "name": text("Its name."),
        "names": ref("Texts", "Its names in other languages."),
        "country": common.COUNTRY,
        "region": text("The part of the country; empty where it is not known."),
        "locality": text("The town; empty where it is not known."),
        "point": or_null(ref("Point"), "Null where no point is known."),
        "kind": ref("FacilityKind"),
        "kind_source_value": text(common.WORDS_OF_SOURCE),
        "setting": ref("FacilitySetting"),
        "operator": text("Who runs it; empty where it is not known."),
        "operator_kind": ref("OperatorKind"),
        "custodial_authority": text("The authority that people are held by."),
        "population": or_null(whole("How many people were held.", minimum=0)),
        "capacity": or_null(whole("How many people it was made for.", minimum=0)),
        "status": ref("FacilityStatus"),
        "status_source_value": text(common.WORDS_OF_SOURCE),
        "note": text("A remark of the source."),
        "text_language": common.LANGUAGE,
        "licence": text("Under which terms the source may be repeated."),
        "source": common.source(),
        "updated_at": common.UPDATED,
        "version": common.VERSION,
        "distance_km": number(
            "Kilometres from `near`; tenths below ten, whole ones from there. Only with `near`.",
            minimum=0,
        ),
    },
    optional=("distance_km",),
)

SCHEMAS: dict[str, Schema] = {
    "Facility": FACILITY,
    "FacilityPage": common.page(
        "FacilityPage",
        "Facility",
        "A page of places.",
        {"near": ref("Near", "Only with the parameter `near`.")},
    ),
    "FacilityFeature": common.feature(
        common.as_feature(FACILITY, "place"), "A place as a feature."
    ),
    "FacilityFeatures": common.collection("FacilityFeature", "All places that fit."),
    "FacilityClaim": closed(
        "What one source or one organization says about a place.",
        {
            "author": text("The slug of the organization; empty for what was imported."),
            "values": {
                "type": "object",
                "description": "What it says, by the names of the fields of a place.",
                "additionalProperties": True,
            },
            "source": common.source(),
        },
    ),
    "FacilityDetail": common.extended(
        FACILITY,
        "A place with what each source says of it, and the programs that visit it.",
        {
            "claims": array(ref("FacilityClaim"), "What each source says."),
            "programs": array(ref("ProgramReference"), "The programs that visit it."),
        },
    ),
}

FACILITY_EXAMPLE: dict[str, Any] = {
    "id": common.FACILITY_ID,
    "slug": "fr-example-centre",
    "name": "Example Centre",
    "names": {},
    "locality": "Exampleville",
    "kind": "administrative",
    "kind_source_value": "immigration detention centre",
    "setting": "dedicated_centre",
    "operator": "",
    "operator_kind": "state",
    "custodial_authority": "",
    "population": None,
    "capacity": 120,
    "status": "open",
    "status_source_value": "open",
    "note": "",
    "text_language": "en",
    "licence": "CC BY 4.0",
    "updated_at": common.WHEN,
    "version": 2,
    "country": "FR",
    "region": "",
    "point": {"lat": 45.91, "lon": 6.12, "precision": "exact"},
    "source": common.SOURCE_EXAMPLE,
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [FACILITY_EXAMPLE]}
DETAIL_EXAMPLE: dict[str, Any] = {
    **FACILITY_EXAMPLE,
    "claims": [
        {"author": "", "values": {"capacity": 120}, "source": common.SOURCE_EXAMPLE},
    ],
    "programs": [
        {
            "id": common.PROGRAM_ID,
            "slug": "fr-lakeside-visitors",
            "name": "Lakeside Visitors",
        }
    ],
}
