"""Signs in a text that somebody in detention could be recognised by.

Numbers that authorities give to people, dates of birth, passports, and a name with a cell. It is
a warning and no proof: whoever writes the text is asked to look. What was seen is never kept.

Every pattern is bounded, so the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.identifying_words import PATTERNS

CODE = "identifies"
_SPACES = re.compile(r"[^\S\n]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
# Letters that are written in several ways, as one.
_SAME = str.maketrans(
    {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647"}
)


class Kind(models.TextChoices):
    """What a sign looks like."""

    A_NUMBER = "a_number", pgettext_lazy("sign in a text", "an A-number")
    HOME_OFFICE = "home_office", pgettext_lazy("sign in a text", "a Home Office reference")
    CUSTODY = "custody", pgettext_lazy("sign in a text", "the number of a person held")
    FILE = "file", pgettext_lazy("sign in a text", "the number of a file")
    FOREIGNER = "foreigner", pgettext_lazy("sign in a text", "the number of a foreigner")
    PASSPORT = "passport", pgettext_lazy("sign in a text", "the number of a passport")
    BIRTH = "birth", pgettext_lazy("sign in a text", "a date of birth")
    CELL = "cell", pgettext_lazy("sign in a text", "a name with a cell or room")


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen in a line, counted from 1; not the text itself."""

    kind: Kind
    line: int


def kinds_found(text: str) -> frozenset[Kind]:
    """The kinds of signs in a text."""
    return frozenset(sign.kind for sign in signs_in(text))


def signs_in(text: str) -> list[Sign]:
    """The first sign of each kind, in the order of `Kind`."""
    # Each of them has a digit: nearly every name has none.
    if not any(char.isdigit() for char in text):
        return []
    plain = folded(text)
    found = []
    for kind in Kind:
        starts = _starts(plain, kind)
        if starts:
            found.append(Sign(kind, plain.count("\n", 0, min(starts)) + 1))
    return found


def has_kind(text: str, kind: Kind) -> bool:
    """Whether a text has a sign of this kind."""
    return any(char.isdigit() for char in text) and bool(_starts(folded(text), kind))


def folded(text: str) -> str:
    """The text as patterns read it: one kind of digit, dash and blank, no marks, nothing unseen.

    Capitals stay: a small "a" is a word, and only a capital begins a name. Lines stay too.
    """
    if text.isascii():
        return _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = [
        _digit(char)
        for char in unicodedata.normalize("NFKD", text.replace("\r\n", "\n").replace("\r", "\n"))
        # Accents and vowel signs, joiners, marks of direction, the stroke that stretches Arabic.
        if unicodedata.category(char) not in ("Mn", "Cf") and char != "\u0640"
    ]
    return _SPACES.sub(" ", _DASHES.sub("-", "".join(kept))).translate(_SAME)


def require_looked_at(values: Mapping[str, Any], *, has_looked: bool) -> None:
    """Pass where no text among the values could identify a person, or somebody has looked.

    `values` are those that become public, by field; texts within lists and mappings are read too.
    Call it with what changes: what was looked at once is not asked again.

    Raises:
        ValidationError: `identifies`, by field, `field.key` for one within a mapping.
    """
    if has_looked:
        return
    errors = {
        name: ValidationError(_question(signs), code=CODE)
        for name, text in _texts(values)
        if (signs := signs_in(text))
    }
    if errors:
        raise ValidationError(errors)


def what_is_new(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were not there before; of mappings and lists only what they did not hold."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        old = before.get(name)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            found[name] = {key: one for key, one in value.items() if one != old.get(key)}
        elif isinstance(value, list) and isinstance(old, list):
            found[name] = [one for one in value if one not in old]
        elif value != old:
            found[name] = value
    return found


def validate_looked_at(text: str, *, has_looked: bool) -> None:
    """The same for one text.

    Raises:
        ValidationError: `identifies`.
    """
    if not has_looked and (signs := signs_in(text)):
        raise ValidationError(_question(signs), code=CODE)


def is_question(error: ValidationError) -> bool:
    """Whether a refusal, or one of several, can be answered with `has_looked`."""
    if hasattr(error, "error_dict"):
        return any(one.code == CODE for errors in error.error_dict.values() for one in errors)
    return any(one.code == CODE for one in error.error_list)


def _question(signs: list[Sign]) -> Any:
    """What is said of the signs: which, and in which line."""
    seen = [
        format_lazy(_("{kind} (line {line})"), kind=sign.kind.label, line=sign.line)
        for sign in signs
    ]
    return format_lazy(
        _(
            "This looks like {seen}. Take it out if somebody in detention can be recognised from"
            " it. If not, confirm that you have looked."
        ),
        seen=_joined(seen),
    )


def _joined(parts: list[Any]) -> Any:
    comma = pgettext_lazy("between parts of a list", ", ")
    whole = parts[0]
    for part in parts[1:]:
        whole = format_lazy("{}{}{}", whole, comma, part)
    return whole if len(parts) > 1 else lazystr(whole)


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text, by its field, or by field and key."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            for key, text in _texts(value):
                yield f"{name}.{key}", text
        else:
            for text in value if isinstance(value, list | tuple) else [value]:
                if isinstance(text, str):
                    yield name, text
                elif isinstance(text, Mapping):
                    yield from ((name, inner) for _key, inner in _texts(text))


def _starts(plain: str, kind: Kind) -> list[int]:
    return [match.start() for one in PATTERNS[kind] if (match := one.search(plain))]


def _digit(char: str) -> str:
    number = unicodedata.decimal(char, None) if not char.isascii() else None
    return char if number is None else str(number)
