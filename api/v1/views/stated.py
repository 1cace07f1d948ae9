"""What the views of an organization's own statements share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.shell.bodies import body_of
from directory.models import Facility

NO_PLACE = "There is no place of this name. Send the slug of one."


def raw_body(request: Request) -> dict[str, Any]:
    """What a request carries, for an action whose validator names the fields and refuses."""
    return dict(body_of(request._request))  # noqa: SLF001 - the framework's own way to what it wraps


def place_in(values: dict[str, Any]) -> Facility:
    """The place that the field `facility` names, taken out of the values.

    Raises:
        ValidationError: there is none.
    """
    slug = values.pop("facility", None)
    place = Facility.objects.filter(slug=slug).first() if isinstance(slug, str) else None
    if place is None:
        raise ValidationError({"facility": [NO_PLACE]})
    return place


def address_of(name: str, slug: str, pk: UUID) -> str:
    """The address of something that was made."""
    return reverse(f"api:{name}", kwargs={"slug": slug, "pk": pk})
