"""Whether what somebody wrote of a program can be kept: one answer for form, API and desk.

Each field has a check that gives the value as it is stored, or says what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from directory.enums import ProgramStatus, Service
from directory.enums.withholding import WITHHOLDABLE
from directory.queries.coarse_places import CoarsePlace, coarsened
from directory.queries.points import Point, PointError, parse_point
from directory.queries.program_places import checked_facilities
from directory.queries.program_values import FIELDS, PLACE, TEXTS, Values
from directory.validators import normalise_language, validate_readable_text
from network.validators import validate_web_address

LONGEST = {
    "names": 200,
    "summaries": 400,
    "descriptions": 6000,
    "how_to_join": 4000,
    "how_to_be_visited": 4000,
}
LONGEST_CONTACT = {"phone": 60, "email": 254, "hours": 200, "note": 400}
LONGEST_NOTE = 400
_WORDS = {"country": 2, "region": 80, "locality": 120}
MOST_LANGUAGES = 60
LONGEST_PHONE = 15
_SHAPE = _("This is not in the form that belongs here.")


def checked_values(raw: Mapping[str, Any], present: Values | None, home: str = "") -> Values:
    """The values that were given, as they are stored; of the place always all five.

    `present` are those of the program, nothing for a new one; then names are wanted, and a country
    that was not given is `home`. A town is looked up, see `coarsened`.

    Raises:
        ValidationError: `{field: [messages]}`, for every field that cannot be kept.
    """
    errors: dict[str, Any] = {
        str(name)[:40]: _("There is no such field.") for name in raw if name not in FIELDS
    }
    if present is None:
        raw = {"country": home, "names": {}, **raw}
    values: Values = {}
    checks: list[tuple[str, Callable[[], Values]]] = [
        (name, partial(_one, name, raw[name])) for name in _CHECKS if name in raw
    ]
    if any(name in raw for name in PLACE):
        checks.append(("place", partial(_checked_place, raw, present)))
    for name, check in checks:
        try:
            values |= check()
        except ValidationError as error:
            errors |= error.error_dict if hasattr(error, "error_dict") else {name: error}
    if errors:
        raise ValidationError(errors)
    return values


def _one(name: str, raw: Any) -> Values:
    return {name: _CHECKS[name](raw)}


def _is(raw: Any, kind: type) -> Any:
    if not isinstance(raw, kind):
        raise ValidationError(_SHAPE, code="shape")
    return raw


def plain(raw: Any, longest: int, lines: bool = False) -> str:
    """One text that may be public, trimmed.

    Raises:
        ValidationError: it is no text, too long, or holds what no public text may.
    """
    text: str = _is(raw, str).replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise ValidationError(
            _("Shorten this to %(limit)d characters; it has %(number)d."),
            code="long",
            params={"limit": longest, "number": len(text)},
        )
    validate_readable_text(text, lines=lines)
    return text


def plain_at(field: str, raw: Any, longest: int, *, lines: bool = False) -> str:
    """The same of one field.

    Raises:
        ValidationError: by the name of the field.
    """
    try:
        return plain(raw, longest, lines=lines)
    except ValidationError as error:
        raise ValidationError({field: error}) from error


def _texts(name: str) -> Callable[[Any], Values]:
    def check(raw: Any) -> Values:
        found: Values = {}
        for code, text in _is(raw, dict).items():
            language = normalise_language(_is(code, str))
            if value := plain(text, LONGEST[name], lines=name not in ("names", "summaries")):
                found[language] = value
        if len(found) > MOST_LANGUAGES:
            raise ValidationError(_("These are too many languages."), code="many")
        if name == "names" and not found:
            raise ValidationError(
                _("Give the program a name in at least one language."), code="no_name"
            )
        return dict(sorted(found.items()))

    return check


def languages(raw: Any) -> list[str]:
    """Codes of languages in their usual spelling, each once.

    Raises:
        ValidationError: one is none.
    """
    codes = [normalise_language(_is(code, str)) for code in _is(raw, list)]
    if len(codes) > MOST_LANGUAGES:
        raise ValidationError(_("These are too many languages."), code="many")
    return list(dict.fromkeys(codes))


def services(raw: Any) -> list[str]:
    """Values of `Service`, each once.

    Raises:
        ValidationError: one is none.
    """
    return _among(raw, Service.values, _("Take out what is no service: %(words)s."))


def _withheld(raw: Any) -> list[str]:
    return sorted(_among(raw, WITHHOLDABLE, _("Take %(words)s out of the withheld fields.")))


def _among(raw: Any, allowed: Any, words: Any) -> list[str]:
    given = [_is(one, str) for one in _is(raw, list)]
    unknown = [one for one in given if one not in allowed]
    if unknown:
        shown = ", ".join(one[:40] for one in unknown[:5])
        raise ValidationError(words, code="choice", params={"words": shown})
    return list(dict.fromkeys(given))


def _status(raw: Any) -> str:
    if raw not in ProgramStatus.values:
        raise ValidationError(
            _("Choose a status: %(words)s."),
            code="choice",
            params={"words": ", ".join(ProgramStatus.values)},
        )
    return str(raw)


def _website(raw: Any) -> str:
    text: str = _is(raw, str).strip()
    if text:
        validate_web_address(text)
        validate_readable_text(text)
    return text


def _contact(raw: Any) -> Values:
    given = _is(raw, dict)
    unknown = [str(key)[:40] for key in given if key not in LONGEST_CONTACT]
    if unknown:
        raise ValidationError(
            _("A contact has phone, email, hours and note; take out %(words)s."),
            code="choice",
            params={"words": ", ".join(unknown[:5])},
        )
    found = {
        key: plain(given[key], most) for key, most in LONGEST_CONTACT.items() if given.get(key)
    }
    if "email" in found:
        validate_email(found["email"])
    if "phone" in found:
        _check_phone(found["phone"])
    return {key: value for key, value in found.items() if value}


def _check_phone(text: str) -> None:
    digits = sum(char.isdigit() for char in text)
    rest = {char for char in text if not char.isdecimal()}
    if digits > LONGEST_PHONE or digits < len("112") or not rest <= set("+-()/. \u00a0"):
        raise ValidationError(
            _("Write a telephone number with its country, such as +44 20 7946 0000."),
            code="phone",
        )


def _capacity(raw: Any) -> Values:
    given = _is(raw, dict)
    if not set(given) <= {"volunteers", "languages", "note"}:
        raise ValidationError(
            _("Whom you take on has volunteers, languages and note."), code="choice"
        )
    found: Values = {}
    if given.get("volunteers") is not None:
        found["volunteers"] = _is(given["volunteers"], bool)
    if codes := languages(given.get("languages") or []):
        found["languages"] = codes
    if note := plain(given.get("note") or "", LONGEST_NOTE):
        found["note"] = note
    return found


def _checked_place(raw: Mapping[str, Any], present: Values | None) -> Values:
    """The place with what was given instead of what was there.

    A town that changes takes its point along, unless another was given with it.
    """
    before = present or {**dict.fromkeys(_WORDS, ""), "point": None, "precision": ""}
    given = {name: raw.get(name, before[name]) for name in PLACE}
    if given == {name: before[name] for name in PLACE} and present is not None:
        return given
    words, point = _place_words(given)
    has_moved = any(words[name] != before[name] for name in _WORDS)
    if given["point"] == before["point"] and has_moved:
        point = None
        given["precision"] = raw.get("precision", "")
    elif given["point"] != before["point"]:
        given["precision"] = raw.get("precision", "")
    found = coarsened(CoarsePlace(**words, point=point, precision=str(given["precision"] or "")))
    spot = {"lat": found.point.latitude, "lon": found.point.longitude} if found.point else None
    return {
        **{name: getattr(found, name) for name in _WORDS},
        "point": spot,
        "precision": found.precision,
    }


def _place_words(given: Mapping[str, Any]) -> tuple[dict[str, str], Point | None]:
    """The names of a place and its point, each checked on its own.

    Raises:
        ValidationError: by field.
    """
    errors, words, point = {}, {}, None
    for name, longest in _WORDS.items():
        try:
            words[name] = plain(given[name], longest)
        except ValidationError as error:
            errors[name] = error
    try:
        point = _point(given["point"])
    except ValidationError as error:
        errors["point"] = error
    if errors:
        raise ValidationError(errors)
    return words, point


def _point(raw: Any) -> Point | None:
    if raw is None or raw == {}:
        return None
    if isinstance(raw, str):
        return _written_point(raw)
    given = _is(raw, dict)
    numbers = [given.get("lat"), given.get("lon")]
    if set(given) - {"lat", "lon", "precision"} or not all(
        isinstance(number, int | float) and not isinstance(number, bool) for number in numbers
    ):
        raise ValidationError(
            _("Write a point as lat and lon in degrees, such as 48.2 and 16.4."), code="point"
        )
    try:
        return Point(float(numbers[0] or 0), float(numbers[1] or 0))
    except (PointError, OverflowError):
        raise ValidationError(
            _("A latitude lies between -90 and 90, a longitude between -180 and 180."),
            code="range",
        ) from None


def _written_point(text: str) -> Point:
    """A point as people write it.

    Raises:
        ValidationError: it is none.
    """
    try:
        found = parse_point(text)
    except PointError as error:
        raise ValidationError(str(error.message), code=error.code) from None
    if found is None:
        raise ValidationError(
            _("Write a latitude and a longitude in degrees, such as 48.2, 16.37."), code="point"
        )
    return found


_CHECKS: dict[str, Callable[[Any], Any]] = {
    **{name: _texts(name) for name in TEXTS},
    "status": _status,
    "languages": languages,
    "services": services,
    "facilities": checked_facilities,
    "website": _website,
    "contact": _contact,
    "capacity": _capacity,
    "withheld": _withheld,
}
