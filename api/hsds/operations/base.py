"""What the document says of the root of HSDS and of its profile."""

from drf_spectacular.utils import OpenApiParameter

from api.hsds.operations.common import OPEN_REFERRAL
from api.hsds.profile import FILES
from api.hsds.schemas import base
from api.v1.operations.described import answer, described

GET_BASE = described(
    "getHsdsBase",
    OPEN_REFERRAL,
    "See which HSDS this is",
    "The version of HSDS, the profile that answers follow, and this document.",
    answers=[answer("HsdsBase", base.BASE_EXAMPLE)],
)

GET_PROFILE = described(
    "getHsdsProfile",
    OPEN_REFERRAL,
    "Get the HSDS profile",
    "What the profile is called, on what it stands, and where its files are.",
    answers=[answer("HsdsProfile", base.PROFILE_EXAMPLE)],
)

GET_PROFILE_FILE = described(
    "getHsdsProfileFile",
    OPEN_REFERRAL,
    "Get a file of the HSDS profile",
    "What the profile changes in the schema of the same name.",
    path=[
        OpenApiParameter(
            "name",
            {"type": "string", "enum": list(FILES)},
            OpenApiParameter.PATH,
            description="The name of the file, as the profile names it.",
        )
    ],
    answers=[answer("HsdsProfileFile", base.FILE_EXAMPLE)],
    others=(404,),
)
