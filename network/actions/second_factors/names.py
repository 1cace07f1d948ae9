"""The names people give their second factors."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.validators import validate_plain_text

LONGEST_NAME = 60


def clean_name(name: str) -> str:
    """The name, trimmed. An empty one is none: pages then say what kind of thing it is.

    Raises:
        ValidationError: it is too long, or holds characters that no name needs.
    """
    name = name.strip()
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("Use at most %(count)s characters for the name."),
            code="too_long",
            params={"count": LONGEST_NAME},
        )
    validate_plain_text(name, lines=False)
    return name
