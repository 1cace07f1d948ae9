"""What an application asks, by kind, and whether an answer can be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.enums import ApplicationKind
from directory.models import Application, Country
from directory.queries.program_checks import languages, plain
from directory.validators import validate_no_person_number
from network.validators import validate_web_address

Answers = dict[str, Any]
LONGEST = {
    "name": 200,
    "person_name": 120,
    "about": 3000,
    "since": 40,
    "places": 1000,
    "contact": 300,
    "check": 2000,
    "independence": 2000,
}
_LINES = ("about", "places", "check", "independence")
_EVERYBODY = ("about", "languages", "contact", "check", "independence")
NEEDED: dict[str, tuple[str, ...]] = {
    ApplicationKind.REGISTER: ("about", "since", "places", *_EVERYBODY[1:]),
    ApplicationKind.CLAIM: _EVERYBODY,
    ApplicationKind.START: ("about", "places", *_EVERYBODY[1:]),
}
# For the stewards alone: whoever is asked to vouch reads none of it.
PRIVATE = ("person_name", "person_email", "check")


def checked_first(raw: Mapping[str, Any]) -> Answers:
    """The answers of a first step: `name`, `country`, `person_name`; `places` where any is named.

    Names: nobody is asked about them, so a number of a person is refused.

    Raises:
        ValidationError: `{field: [messages]}`.
    """
    named = (*_FIRST, *(("places",) if raw.get("places") else ()))
    found = _checked({name: raw.get(name, "") for name in named})
    errors: dict[str, Any] = {}
    for name, text in found.items():
        try:
            validate_no_person_number(text)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return found


def checked_answers(raw: Mapping[str, Any]) -> Answers:
    """Answers as they are stored; an empty one takes what was there away.

    Raises:
        ValidationError: `{field: [messages]}`, for all that cannot be kept.
    """
    unknown = [name for name in raw if name not in _CHECKS or name in _FIRST]
    if unknown:
        raise ValidationError({str(name)[:40]: [_("There is no such field.")] for name in unknown})
    return _checked(raw)


def missing_answers(application: Application) -> list[str]:
    """The fields that must be filled in before an application can be sent, in their order."""
    return [name for name in NEEDED[application.kind] if not application.answers.get(name)]


def shown_to_vouchers(application: Application) -> Answers:
    """What an applicant says of itself, without what is for the stewards alone."""
    return {key: value for key, value in application.answers.items() if key not in PRIVATE}


def _checked(raw: Mapping[str, Any]) -> Answers:
    found: Answers = {}
    errors: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            found[name] = _CHECKS[name](value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return found


def _text(name: str, raw: Any) -> str:
    return plain(raw, LONGEST[name], lines=name in _LINES)


def _must(name: str, raw: Any) -> str:
    text = _text(name, raw)
    if not text:
        raise ValidationError(_NO_NAME[name], code="empty")
    return text


def _country(raw: Any) -> str:
    code = plain(raw, 2).upper()
    if not Country.objects.filter(iso2=code).exists():
        raise ValidationError(_("Choose a country from the list."), code="country")
    return code


def _website(raw: Any) -> str:
    text = plain(raw, 500)
    if text:
        validate_web_address(text)
    return text


_NO_NAME = {
    "name": _("Write the name of the group."),
    "person_name": _("Write the name by which others shall know you."),
}
_FIRST = ("name", "country", "person_name")
_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": partial(_must, "name"),
    "person_name": partial(_must, "person_name"),
    "country": _country,
    "languages": languages,
    "website": _website,
    **{
        name: partial(_text, name)
        for name in ("about", "since", "places", "contact", "check", "independence")
    },
}
