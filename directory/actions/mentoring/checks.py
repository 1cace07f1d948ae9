"""What an offer and a request must say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.validators import normalise_language
from network.validators import validate_plain_text

MAX_TEXT = 2000
MAX_CONTACT = 300


def checked_text(value: str, *, is_wanted: bool) -> str:
    """A text of at most 2,000 characters.

    Raises:
        ValidationError: it is empty where one is wanted, or too long, or holds what is no text.
    """
    text = value.replace("\r\n", "\n").strip()
    if is_wanted and not text:
        raise ValidationError(_("Write a few sentences."), code="required")
    if len(text) > MAX_TEXT:
        raise ValidationError(
            _("Shorten this to %(limit)d characters."), code="long", params={"limit": MAX_TEXT}
        )
    validate_plain_text(text)
    return text


def checked_contact(value: str, *, is_wanted: bool) -> str:
    """One line that says how to reach a group.

    Raises:
        ValidationError: it is empty where one is wanted, or longer than 300 characters.
    """
    contact = " ".join(value.split())
    if is_wanted and not contact:
        raise ValidationError(
            _("Write how to reach your group: an e-mail address or a telephone number."),
            code="required",
        )
    if len(contact) > MAX_CONTACT:
        raise ValidationError(
            _("Shorten this to %(limit)d characters."), code="long", params={"limit": MAX_CONTACT}
        )
    validate_plain_text(contact)
    return contact


def checked_languages(codes: Iterable[str]) -> list[str]:
    """Codes of languages, each once, as they are stored.

    Raises:
        ValidationError: one of them is none.
    """
    return list(dict.fromkeys(normalise_language(code) for code in codes if code.strip()))


def checked(**checks: Callable[[], Any]) -> dict[str, Any]:
    """The value of each field, by its name.

    Raises:
        ValidationError: by field, for all that are wrong.
    """
    values: dict[str, Any] = {}
    errors: dict[str, ValidationError] = {}
    for name, check in checks.items():
        try:
            values[name] = check()
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return values
