"""Versions: who changes something says which version they read, and a stale one is refused."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import ValidationError

from api.problems import Refusal

_TAG = re.compile(r'\s*"?([0-9]{1,9})"?\s*', re.ASCII)


def entity_tag(version: int) -> str:
    """A version as the header `ETag` says it."""
    return f'"{version}"'


def version_in(header: str | None) -> int:
    """The version that `If-Match` names.

    Raises:
        Refusal: 428, without the header.
        ValidationError: it names none.
    """
    if header is None:
        raise Refusal(
            HTTPStatus.PRECONDITION_REQUIRED,
            detail="Send If-Match with the ETag of the version that you changed.",
        )
    found = _TAG.fullmatch(header)
    if found is None:
        raise ValidationError({"If-Match": ['Send one version as its ETag says it: "3".']})
    return int(found[1])


def stale(current: Any) -> Refusal:
    """409: somebody else has changed it; `current` is what it says now, to merge with."""
    return Refusal(
        HTTPStatus.CONFLICT,
        detail="It has changed since you read it. Merge with `current` and send it again.",
        current=current,
    )
