"""`confirm_texts`: whoever sends a text has looked whether somebody could be recognised by it."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError

from api.v1.schemas.shapes import Schema, truth
from api.v1.shell.inputs import Input, Truth

NAME = "confirm_texts"
FIELD: dict[str, Schema] = {
    NAME: truth(
        "Whether you have looked at texts that were refused with the `code` `identifies`: nobody "
        "in detention can be recognised by them. Never stored."
    )
}


class LookedInput(Input):
    """Fields of a request with a text that others will read."""

    confirm_texts = Truth(default=False)


def looked_in(values: dict[str, Any]) -> bool:
    """Whether it is said, for the `has_looked` of an action; taken out of the values.

    Raises:
        ValidationError: neither true nor false.
    """
    said = values.pop(NAME, False)
    if not isinstance(said, bool):
        raise ValidationError({NAME: ["Write true or false."]})
    return said
