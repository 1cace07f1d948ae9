"""What the document says of the first page and of itself."""

from api.v1.filters.schema import SchemaParameters
from api.v1.operations.described import JSON, YAML, Answer, answer, described
from api.v1.schemas.common import ORIGIN_NODE
from api.v1.schemas.shapes import ref

START = "Start"
_API = f"{ORIGIN_NODE}/api/v1"

GET_ROOT = described(
    "getRoot",
    START,
    "See what there is",
    "The addresses of all lists, of this document and of its page for people.",
    answers=[
        answer(
            "Root",
            {
                **{
                    name: f"{_API}/{name}/"
                    for name in ("programs", "map", "facilities", "countries", "organizations")
                },
                "hsds": f"{ORIGIN_NODE}/hsds/",
                "feed": f"{ORIGIN_NODE}/feeds/programs.atom",
                "schema": f"{_API}/schema/",
                "docs": f"{ORIGIN_NODE}/docs/api/",
            },
        )
    ],
)

GET_SCHEMA = described(
    "getSchema",
    START,
    "Get this document",
    "The OpenAPI document of the API, as JSON or as YAML.",
    parameters=SchemaParameters,
    answers=[
        Answer(JSON, ref("Document"), {}),
        Answer(YAML, ref("Document"), {}),
    ],
)
