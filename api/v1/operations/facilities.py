"""What the document says of places of detention."""

from api.v1.filters.facilities import FacilityParameters
from api.v1.operations.described import CSV, GEOJSON, Answer, answer, described, joined
from api.v1.operations.parameters import slug_parameter
from api.v1.schemas import facilities
from api.v1.schemas.access import ACCESS_EXAMPLE
from api.v1.schemas.facilities import FACILITY_EXAMPLE
from api.v1.serializers.exports import feature
from api.v1.serializers.facilities import csv_parts

FACILITIES = "Facilities"
_SLUG = slug_parameter("The last part of the address of its page.")

LIST_FACILITIES = described(
    "listFacilities",
    FACILITIES,
    "List places of detention",
    "The places that fit, a page at a time by name; with `q` the best fitting and with `near` the "
    "nearest first, at most 200. `format=csv` and `geojson` answer with all that fits in one "
    "piece. Duplicates that were merged are left out.",
    parameters=FacilityParameters,
    answers=[
        answer("FacilityPage", facilities.PAGE_EXAMPLE),
        answer(
            "FacilityFeatures",
            {"type": "FeatureCollection", "features": [feature(FACILITY_EXAMPLE)]},
            GEOJSON,
        ),
        Answer(
            CSV,
            {
                "type": "string",
                "description": "A table of RFC 4180 in UTF-8, as for programs.",
            },
            {"example": joined(csv_parts([[FACILITY_EXAMPLE]]))},
        ),
    ],
    others=(429,),
    is_list=True,
)

GET_FACILITY = described(
    "getFacility",
    FACILITIES,
    "Get one place of detention",
    "The place of a slug with what each source says of it, and the programs that visit it. A "
    "duplicate leads to what it was merged into.",
    path=[_SLUG],
    answers=[answer("FacilityDetail", facilities.DETAIL_EXAMPLE)],
    others=(301, 404),
)

GET_FACILITY_ACCESS = described(
    "getFacilityAccess",
    FACILITIES,
    "Get who may visit a place",
    "What holds now by kind of visitor, the ledger behind it, and the rules for a visit.",
    path=[_SLUG],
    answers=[answer("FacilityAccess", ACCESS_EXAMPLE)],
    others=(301, 404),
)
