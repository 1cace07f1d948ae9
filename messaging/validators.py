"""What somebody writes into a conversation: checked, and read for names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from network.validators import validate_plain_text, validate_visible

MAX_TOPIC = 200
MAX_NAME = 120
MAX_MENTIONS = 50
MAX_LANGUAGE = 12
# Letters, digits and hyphens as tags of languages have them; what it means is for who reads.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_MENTION = re.compile(r"(?<![\w@/.])@([a-z0-9][a-z0-9-]{0,178})(?:/([a-z]+|[0-9]{1,9}))?(?![\w/])")
_ROLES = {
    "organizers": Role.ORGANIZER,
    "coordinators": Role.COORDINATOR,
    "owners": Role.OWNER,
}


def checked_body(value: str, *, is_wanted: bool = True, is_first: bool = False) -> str:
    """A text to send; a first one to people never spoken to is short.

    Raises:
        ValidationError: `required`, `too_long`, or it holds what no text needs.
    """
    text = value.replace("\r\n", "\n").strip()
    if not text and not is_wanted:
        return ""
    if not text:
        raise ValidationError(_("Write something to send."), code="required")
    limit = settings.MESSAGE_FIRST_CONTACT
    if is_first and len(text) > limit:
        raise ValidationError(
            _("Shorten this to %(limit)d characters. You can write more once they accept."),
            code="too_long",
            params={"limit": limit},
        )
    validate_plain_text(text)
    if len(text.encode()) > settings.MESSAGE_BODY:
        raise ValidationError(
            _("This is too long for one message. Send it in several."), code="too_long"
        )
    validate_visible(text)
    return text


def checked_line(value: str, limit: int, *, is_wanted: bool = False) -> str:
    """One line of at most so many characters.

    Raises:
        ValidationError: `required`, `too_long`, or it holds what no text needs.
    """
    line = " ".join(value.split())
    if not line:
        if is_wanted:
            raise ValidationError(_("Write a few words."), code="required")
        return ""
    if len(line) > limit:
        raise ValidationError(
            _("Shorten this to %(limit)d characters."), code="too_long", params={"limit": limit}
        )
    validate_plain_text(line, lines=False)
    validate_visible(line)
    return line


def checked_language(value: str) -> str:
    """The tag of a language of at most 12 signs, or nothing.

    Raises:
        ValidationError: `language`.
    """
    if value and (len(value) > MAX_LANGUAGE or not _LANGUAGE.fullmatch(value)):
        raise ValidationError(_("Choose the language of your message."), code="language")
    return value


def checked_other_language(value: str) -> str:
    """The tag of the language of a translation, which is never left out.

    Raises:
        ValidationError: `required`, `language`.
    """
    if not value:
        words = _("Choose the language of your translation.")
        raise ValidationError(words, code="required")
    return checked_language(value)


def checked_words(
    body: str,
    language: str,
    *,
    is_first: bool = False,
    is_wanted: bool = True,
    is_line: bool = False,
) -> dict[str, str]:
    """`body` and `language` of a message, or of a topic, which is one line.

    Raises:
        ValidationError: by field.
    """

    def words() -> str:
        if is_line:
            return checked_line(body, MAX_TOPIC, is_wanted=True)
        return checked_body(body, is_wanted=is_wanted, is_first=is_first)

    return checked(body=words, language=lambda: checked_language(language))


def checked(**checks: Callable[[], Any]) -> dict[str, Any]:
    """The value of each field, by its name.

    Raises:
        ValidationError: by field, for all that are wrong.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, check in checks.items():
        try:
            values[name] = check()
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                errors |= {field: ValidationError(its) for field, its in error.error_dict.items()}
            else:
                errors[name] = error
    if errors:
        raise ValidationError(errors)
    return values


def names_in(text: str) -> list[tuple[str, int | None, Role | None]]:
    """What a text names: the slug of an organization, with a handle's number or a role, or bare.

    In the order of the text, each once, 50 at most.
    """
    found: dict[tuple[str, int | None, Role | None], None] = {}
    for slug, part in _MENTION.findall(text):
        if part.isdigit():
            found[slug, int(part), None] = None
        elif not part or part in _ROLES:
            found[slug, None, _ROLES.get(part)] = None
    return list(found)[:MAX_MENTIONS]
