"""Parameters of the document of the API."""

from __future__ import annotations

from api.v1.filters.listings import choice_of
from api.v1.filters.parameters import Parameters

FORMATS = ["json", "yaml"]


class SchemaParameters(Parameters):
    """The form of the document."""

    format = choice_of(FORMATS, default="json", help_text="The form of the document.")
