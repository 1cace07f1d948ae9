"""What a form or a request says, read field by field; every refusal is kept at its field."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.validators import normalise_language, validate_readable_text
from network.fields import PartialDate
from network.identifying import validate_looked_at
from network.validators import validate_web_address

LONGEST_STATEMENT = 2000
LONGEST_LANGUAGE = 12
LARGEST_NUMBER = 1_000_000
MOST_WORDS = 100

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object

_Value = TypeVar("_Value")


class Said:
    """The fields of one statement, as text or as JSON values; `finish` refuses them together.

    A reader answers with the empty value of its kind where it has refused.
    """

    def __init__(
        self, raw: Mapping[str, Any], known: Collection[str], *, has_looked: bool = False
    ) -> None:
        """Refuse fields that no such statement has.

        `has_looked`: whoever writes says that nobody in detention can be recognised by any text.
        """
        self.raw = raw
        self.has_looked = has_looked
        self.errors: dict[str, list[ValidationError]] = {}
        for name in raw:
            if name not in known:
                words = _("There is no such field. The fields are: %(known)s.")
                self.refuse(name, words, "unknown", known=", ".join(sorted(known)))

    def refuse(self, name: str, words: Words, code: str, **params: object) -> None:
        """Keep a refusal at a field, or of the whole where the name is empty."""
        error = ValidationError(words, code=code, params=params or None)
        self.errors.setdefault(name or NON_FIELD_ERRORS, []).append(error)

    def finish(self) -> None:
        """Pass where nothing was refused.

        Raises:
            ValidationError: with the refusals by field.
        """
        if self.errors:
            raise ValidationError(self.errors)

    def has(self, name: str) -> bool:
        """Whether anything is said in a field."""
        return self.raw.get(name) not in (None, "", [])

    def text(self, name: str, limit: int, *, required: Words = "", lines: bool = False) -> str:
        """A text that the public may read; `required` says what to write where it is missing."""
        value = self.raw.get(name)
        value = "" if value is None else value
        if not isinstance(value, str):
            self.refuse(name, _("Write text here."), "type")
            return ""
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        if required and not text:
            self.refuse(name, required, "required")
        if len(text) > limit:
            words = _("This has %(length)d characters. Shorten it to %(limit)d at most.")
            self.refuse(name, words, "long", length=len(text), limit=limit)
            return ""
        return text if self._is_public(name, text, lines) else ""

    def choice(
        self, name: str, vocabulary: type[TextChoices], default: str = "", *, required: Words = ""
    ) -> str:
        """A value of a vocabulary; `default` where nothing is said."""
        value = self.raw.get(name) or ""
        if not value:
            if required:
                self.refuse(name, required, "required")
            return default
        if not isinstance(value, str) or value not in vocabulary.values:
            words = _("Choose one of: %(values)s.")
            self.refuse(name, words, "choice", values=", ".join(vocabulary.values))
            return default
        return value

    def date(self, name: str, *, past: bool = False, required: Words = "") -> PartialDate | None:
        """A year, a month or a day; none in the future where `past`."""
        value = self.raw.get(name)
        if isinstance(value, PartialDate):
            value = str(value)
        if not value:
            if required:
                self.refuse(name, required, "required")
            return None
        try:
            date = PartialDate.parse(value.strip())
        except (AttributeError, ValueError):
            self.refuse(name, _("Write a date as 2021, 2021-04 or 2021-04-26."), "date")
            return None
        if past and date.first_day > latest_day():
            words = _("This lies in the future. Write a date that was, such as %(today)s.")
            self.refuse(name, words, "future", today=timezone.localdate().isoformat())
            return None
        return date

    def number(self, name: str) -> int | None:
        """A whole number from 0 to a million."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        text = str(value).strip() if isinstance(value, int | str) else ""
        is_number = text.isascii() and text.isdigit() and not isinstance(value, bool)
        if not is_number or len(text) > len(str(LARGEST_NUMBER)) or int(text) > LARGEST_NUMBER:
            words = _("Write a whole number in digits, such as 120.")
            self.refuse(name, words, "number")
            return None
        return int(text)

    def address(self, name: str) -> str:
        """A web address, or nothing."""
        value = self.raw.get(name) or ""
        if not isinstance(value, str):
            self.refuse(name, _("Write text here."), "type")
            return ""
        text = value.strip()
        if not text or not self._passes(name, validate_web_address, text):
            return ""
        return text if self._is_public(name, text, lines=False) else ""

    def language(self, name: str, *, required: Words = "") -> str:
        """The code of a language in its usual spelling."""
        text = self.text(name, LONGEST_LANGUAGE, required=required)
        return self._read(name, normalise_language, text, "") if text else ""

    def words(self, name: str, limit: int) -> list[str]:
        """Texts of a list, or of the lines of a text; each once."""
        value = self.raw.get(name) or []
        parts = value.splitlines() if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(one, str) for one in parts):
            self.refuse(name, _("Write a list of texts."), "type")
            return []
        found = list(dict.fromkeys(unicodedata.normalize("NFC", one).strip() for one in parts))
        found = [one for one in found if one]
        if len(found) > MOST_WORDS or any(len(one) > limit for one in found):
            words = _("Write at most %(most)d things of at most %(limit)d characters each.")
            self.refuse(name, words, "long", most=MOST_WORDS, limit=limit)
            return []
        return [one for one in found if self._is_public(name, one, lines=False)]

    def languages(self, name: str) -> list[str]:
        """The codes of several languages."""
        codes = [self._read(name, normalise_language, one, "") for one in self.words(name, 40)]
        return list(dict.fromkeys(code for code in codes if code))

    def _is_public(self, name: str, text: str, lines: bool) -> bool:
        """Whether the public may read it: its characters, and whom it could identify."""
        if not self._passes(name, validate_readable_text, text, lines):
            return False
        ask = partial(validate_looked_at, has_looked=self.has_looked)
        return self._passes(name, ask, text)

    def _passes(self, name: str, check: Callable[..., None], *arguments: object) -> bool:
        before = len(self.errors.get(name, ()))
        self._read(name, check, *arguments, None)
        return len(self.errors.get(name, ())) == before

    def _read(self, name: str, check: Callable[..., _Value], *arguments: Any) -> _Value:
        """What a validator answers; the last argument where it refuses."""
        *given, otherwise = arguments
        try:
            return check(*given)
        except ValidationError as error:
            self.errors.setdefault(name, []).append(error)
            refused: _Value = otherwise
            return refused


def latest_day() -> dt.date:
    """The last day that can have begun: tomorrow here, since it is tomorrow somewhere."""
    return timezone.localdate() + dt.timedelta(days=1)
