"""What the document says of programs."""

from api.v1.filters.programs import ProgramParameters
from api.v1.operations.described import (
    CSV,
    GEOJSON,
    JSON,
    JSONL,
    Answer,
    answer,
    described,
    joined,
)
from api.v1.operations.parameters import slug_parameter
from api.v1.schemas import programs
from api.v1.schemas.programs import PROGRAM_EXAMPLE
from api.v1.schemas.shapes import ref
from api.v1.serializers.exports import feature, jsonl_parts
from api.v1.serializers.program_cells import csv_parts

PROGRAMS = "Programs"

LIST_PROGRAMS = described(
    "listPrograms",
    PROGRAMS,
    "List programs",
    "The programs that fit, a page at a time by name; with `q` the best fitting and with `near` "
    "the nearest first, at most 200. With `updated_after` what has changed since, the earliest "
    "first, and in `removed` what a copy has to drop.\n\n"
    "`format=csv`, `geojson` and `jsonl` answer with all that fits in one piece.",
    parameters=ProgramParameters,
    answers=[
        Answer(
            JSON,
            ref("ProgramPage"),
            {
                "page": programs.PAGE_EXAMPLE,
                "near": programs.NEAR_EXAMPLE,
                "changes": programs.CHANGES_EXAMPLE,
            },
        ),
        answer(
            "ProgramFeatures",
            {"type": "FeatureCollection", "features": [feature(PROGRAM_EXAMPLE)]},
            GEOJSON,
        ),
        Answer(
            CSV,
            {
                "type": "string",
                "description": "A table of RFC 4180 in UTF-8 whose first row names the columns. "
                "Several words in a cell stand between `|`. A text that a table program would run "
                "as a formula begins with `'`, a number below zero with a space.",
            },
            {"example": joined(csv_parts([[PROGRAM_EXAMPLE]]))},
        ),
        Answer(
            JSONL,
            {
                "type": "string",
                "description": "A `Program` a line; with `updated_after` lines of `Removed` too.",
            },
            {"example": joined(jsonl_parts([[PROGRAM_EXAMPLE]]))},
        ),
    ],
    others=(429,),
    is_list=True,
)

GET_PROGRAM = described(
    "getProgram",
    PROGRAMS,
    "Get one program",
    "The program that is listed under a slug.",
    path=[slug_parameter("The last part of the address of its page.")],
    answers=[answer("Program", PROGRAM_EXAMPLE)],
    others=(404,),
)
