"""The cells of one row, read as values; each reader refuses the row with a plain reason."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from directory.actions.importing.report import Report, RowRefusedError
from directory.enums.source_words import key_of, mapped
from directory.validators import normalise_language, validate_public_text, validate_slug
from network.fields import PartialDate
from network.validators import validate_plain_text, validate_web_address

SEPARATOR = "|"
LONGEST_NOTE = 2000
LONGEST_LANGUAGE = 12
MOST_WORDS = 100
LARGEST_NUMBER = 1_000_000
SHOWN = 40
# A clock that runs behind the day of the sample files is wrong.
LATEST_KNOWN = dt.date(2026, 11, 20)

_Choice = TypeVar("_Choice", bound=TextChoices)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's cells by column; a column that the file lacks reads as empty."""

    values: dict[str, str]
    report: Report

    def raw(self, column: str) -> str:
        """The cell as it stands."""
        return self.values.get(column, "")

    def text(self, column: str, limit: int, *, required: bool = False, lines: bool = False) -> str:
        """A text of at most `limit` characters, in one line unless `lines`."""
        text = self.raw(column)
        if required and not text:
            raise RowRefusedError(f"{column} is empty. Every row needs one.")
        if len(text) > limit:
            raise RowRefusedError(
                f"{column} has {len(text)} characters. Shorten it to {limit} at most."
            )
        _check(column, validate_public_text, text, lines)
        return unicodedata.normalize("NFC", text)

    def note(self, column: str, *, required: bool = False) -> str:
        """A longer text, which may have several lines."""
        return self.text(column, LONGEST_NOTE, required=required, lines=True)

    def slug(self, column: str, limit: int, *, required: bool = True) -> str:
        """The last part of a page's address."""
        text = self.text(column, limit, required=required)
        if text:
            _check(f'{column} "{shown(text)}"', validate_slug, text)
        return text

    def address(self, column: str, *, required: bool = False) -> str:
        """A web address, unchanged."""
        text = self.raw(column)
        if required and not text:
            raise RowRefusedError(f"{column} is empty. Write the address of the source.")
        if text:
            _check(column, validate_web_address, text)
        return text

    def date(self, column: str, *, past: bool = False) -> PartialDate | None:
        """A year, a month or a day; none in the future where `past`."""
        text = self.raw(column)
        if not text:
            return None
        try:
            date = PartialDate.parse(text)
        except ValueError as error:
            raise RowRefusedError(f'{column} "{shown(text)}": {_reason(error)}.') from error
        if past and date.first_day > latest_day():
            raise RowRefusedError(f"{column} {date} lies in the future. Write a date that was.")
        return date

    def day(self, column: str) -> dt.date | None:
        """A whole day, not in the future."""
        date = self.date(column, past=True)
        if date is not None and date.precision != "day":
            raise RowRefusedError(
                f"{column} {date} is no whole day. Write one such as 2021-04-26."
            )
        return date.first_day if date else None

    def number(self, column: str) -> int | None:
        """A whole number from 0 to a million."""
        text = self.raw(column)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < SHOWN):
            raise RowRefusedError(
                f'{column} "{shown(text)}" is no whole number. Write digits only, such as 120.'
            )
        if int(text) > LARGEST_NUMBER:
            raise RowRefusedError(f"{column} {shown(text)} is too large to be true.")
        return int(text)

    def words(self, column: str, limit: int) -> list[str]:
        """Texts separated by a vertical bar, each once, in the order of the source."""
        parts = (part.strip() for part in self.raw(column).split(SEPARATOR))
        words = list(dict.fromkeys(unicodedata.normalize("NFC", part) for part in parts if part))
        if len(words) > MOST_WORDS:
            raise RowRefusedError(f"{column} lists {len(words)} things. Keep to {MOST_WORDS}.")
        for word in words:
            if len(word) > limit:
                raise RowRefusedError(
                    f'{column}: "{shown(word)}" has {len(word)} characters. Shorten it to '
                    f"{limit} at most, and separate several by {SEPARATOR}."
                )
            _check(column, validate_public_text, word, False)
        return words

    def languages(self, column: str) -> list[str]:
        """Language codes in their usual spelling."""
        words = self.words(column, SHOWN)
        codes = [_check(f'{column} "{shown(word)}"', normalise_language, word) for word in words]
        return list(dict.fromkeys(codes))

    def text_language(self) -> str:
        """The language of the row's own sentences; English where the file does not say."""
        text = self.text("text_language", SHOWN)
        code = _check(f'text_language "{shown(text)}"', normalise_language, text or "en")
        if len(code) > LONGEST_LANGUAGE:
            raise RowRefusedError(
                f'text_language "{shown(text)}" is longer than {LONGEST_LANGUAGE} characters.'
            )
        return code

    def choice(
        self, column: str, known: dict[str, _Choice], otherwise: _Choice, limit: int = 60
    ) -> tuple[_Choice, str]:
        """The value of a vocabulary and the source's own word, which may be any word."""
        word = self.text(column, limit)
        value = mapped(word, known, otherwise)
        if word and value == otherwise and key_of(word) not in {otherwise.value, *known}:
            self.report.meet(column, word)
        return value, word

    def strict_choice(self, column: str, otherwise: _Choice) -> _Choice:
        """The value of a vocabulary beside which no source word is kept; empty is `otherwise`."""
        word = key_of(self.text(column, 60))
        vocabulary = type(otherwise)
        if word and word not in vocabulary.values:
            raise RowRefusedError(
                f'{column} "{shown(word)}" is none of {", ".join(vocabulary.values)}.'
            )
        return vocabulary(word) if word else otherwise


def latest_day() -> dt.date:
    """The last day that a source can be dated: tomorrow, since it is tomorrow somewhere."""
    return max(timezone.localdate() + dt.timedelta(days=1), LATEST_KNOWN)


def shown(text: str) -> str:
    """The beginning of a cell, fit to be shown: what cannot be printed becomes a mark."""
    clean = "".join(char if char.isprintable() else "�" for char in text[: SHOWN + 1])
    return clean if len(clean) <= SHOWN else f"{clean[:SHOWN]}…"


_Value = TypeVar("_Value")


def _check(column: str, check: Callable[..., _Value], *arguments: object) -> _Value:
    """What a validator answers.

    Raises:
        RowRefusedError: it refuses; the reason names the column.
    """
    try:
        return check(*arguments)
    except ValidationError as error:
        raise RowRefusedError(f"{column}: {error.messages[0]}") from error


def plain(column: str, text: str) -> None:
    """Refuse damaged or deceptive characters in a cell that is read in another way."""
    _check(column, validate_plain_text, text, False)


def _reason(error: ValueError) -> str:
    """Why a date is none, in the words of its own check where they are plain."""
    text = str(error)
    plain_words = ("the year must", "write a date", "a day needs")
    return text if text.startswith(plain_words) else "there is no such day"
