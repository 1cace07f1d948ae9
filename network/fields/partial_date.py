"""Dates as sources give them: a year, a year and month, or a day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
EARLIEST_YEAR = 1800
LATEST_YEAR = 2199

Precision = Literal["year", "month", "day"]


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date known to the year, the month or the day.

    The text form is the prefix of ISO 8601 that is known: `2021`, `2021-04`, `2021-04-26`.
    Nothing is ever filled in: `2021` does not become the first of January. Ordering follows the
    text, so that a year sorts before each of its months and a month before each of its days.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no date.

        Raises:
            ValueError: the parts name no day that exists, or a day without a month.
        """
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"the year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}")
        dt.date(self.year, *(1 if part is None else part for part in (self.month, self.day)))

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that a text of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD` names.

        Raises:
            ValueError: any other text, or a day that does not exist.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError("write a date as 2021, 2021-04 or 2021-04-26")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def first_day(self) -> dt.date:
        """The earliest day it may mean; for measuring age, never for showing."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """The prefix of ISO 8601 that is known."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        """Earlier, by the text form."""
        return str(self) < str(other)
