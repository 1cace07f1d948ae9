"""Value checks of the directory, shared by importers, forms, serializers and letters."""

from __future__ import annotations

import re

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.identifying import Kind, has_kind
from network.validators import validate_plain_text, validate_visible

SHORT_CODE = 2
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?"
    r"(?:-(?P<region>[A-Za-z]{2}|\d{3}))?(?P<variants>(?:-[A-Za-z0-9]{4,8})*)"
)
# Codes of ISO 639 that were replaced, and still stand in old files.
_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv"}


def validate_slug(text: str) -> None:
    """Refuse what cannot be the last part of a page's address.

    Raises:
        ValidationError: `slug`.
    """
    if not _SLUG.fullmatch(text):
        raise ValidationError(
            _("Write small letters a to z, digits and single hyphens, such as gb-brook-house."),
            code="slug",
        )


def normalise_language(code: str) -> str:
    """The language code in its usual spelling: `zh-Hant`, `pt-BR`, `en`.

    A code of three letters for a language that has one of two becomes that (`eng`: `en`). Of two
    letters it must be known; of three there are thousands, not all of them known here.

    Raises:
        ValidationError: `language`, where the form is not that of BCP 47 or nobody speaks it.
    """
    parts = _LANGUAGE.fullmatch(code.replace("_", "-"))
    if parts is None or not _is_language(base := _base(parts["language"])):
        raise ValidationError(
            _("Write a language by its code, such as en, fr or zh-Hant."), code="language"
        )
    known = [base, (parts["script"] or "").title()]
    known += [(parts["region"] or "").upper(), *parts["variants"].lower().split("-")]
    return "-".join(part for part in known if part)


def _base(code: str) -> str:
    alias = str(get_global("language_aliases").get(code.lower(), ""))
    if len(code) == SHORT_CODE:
        return _OLD_CODES.get(code.lower(), code.lower())
    return alias if len(alias) == SHORT_CODE else code.lower()


def _is_language(code: str) -> bool:
    return len(code) > SHORT_CODE or code in Locale("en").languages


def validate_no_person_number(text: str) -> None:
    """Refuse text that carries a number given to a person in detention.

    Raises:
        ValidationError: `person`. The number itself is not repeated in it.
    """
    if has_kind(text, Kind.A_NUMBER):
        raise ValidationError(
            _("Take out the number that identifies a person (it looks like an A-number)."),
            code="person",
        )


def validate_readable_text(text: str, lines: bool = False) -> None:
    """Refuse damaged or deceptive characters, and a text of which nothing is seen.

    An empty one passes. Whether it could identify somebody is asked by the action that makes it
    public, see `network.identifying`.

    Raises:
        ValidationError: `encoding`, `bidi`, `control` or `blank`.
    """
    # Nearly every cell of a large file is plain: asked first, it saves a look at each character.
    if not (text.isascii() and text.isprintable()):
        validate_plain_text(text, lines=lines)
        validate_visible(text)


def validate_public_text(text: str, lines: bool = False) -> None:
    """The same for a text of a file, which nobody can be asked about: no number of a person.

    Raises:
        ValidationError: `encoding`, `bidi`, `control`, `blank` or `person`.
    """
    validate_readable_text(text, lines=lines)
    validate_no_person_number(text)
