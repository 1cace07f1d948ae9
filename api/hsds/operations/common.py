"""What the operations of HSDS have in common."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from api.hsds.schemas.common import with_fields
from api.v1.operations.described import JSON, Answer

OPEN_REFERRAL = "Open Referral"


def whole(name: str, example: Any, *fields: str) -> Answer:
    """An answer that is one object in full: these fields are always there."""
    return Answer(JSON, with_fields(name, *fields), {"example": example})


def id_parameter(about: str) -> OpenApiParameter:
    """The id in a path."""
    form = {"type": "string", "format": "uuid"}
    return OpenApiParameter("id", form, OpenApiParameter.PATH, description=about)
