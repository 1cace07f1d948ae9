"""A question that waits: what its looks share, and how many may wait at once."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from api.problems import Refusal
from messaging.queries.delivery import Mark

# Where a look stands in the scope of a request: only the server puts it there.
KEY = "api.look"
RETRY_SECONDS = 5


class Places:
    """Who waits in this process: a few for each person, and so many in all."""

    def __init__(self) -> None:
        """Nobody."""
        self._lock = Lock()
        self._held: Counter[UUID] = Counter()

    def take(self, person_id: UUID) -> bool:
        """One more, where there is room."""
        with self._lock:
            is_full = self._held.total() >= settings.MESSAGE_WAITS
            if is_full or self._held[person_id] >= settings.MESSAGE_WAITS_A_PERSON:
                return False
            self._held[person_id] += 1
            return True

    def give_back(self, person_id: UUID) -> None:
        """One less."""
        with self._lock:
            self._held[person_id] -= 1
            self._held += Counter()

    @property
    def held(self) -> int:
        """How many wait."""
        return self._held.total()


PLACES = Places()


class Look:
    """One question, however often it is looked for an answer.

    `seconds` is how long it may wait, 0 while the last look found something to answer; `mark` is
    where the conversation stood before that look. `rate` is the part of the quota that the first
    look took.
    """

    def __init__(self) -> None:
        """Not looked yet."""
        self.seconds = 0
        self.mark: Mark = (0, 0)
        self.rate: Any = None
        self._person_id: UUID | None = None

    def begin(self) -> None:
        """Look once more."""
        self.seconds = 0

    def wait(self, person_id: UUID, seconds: int, mark: Mark) -> None:
        """There is nothing to answer yet; the conversation stood at `mark` before this was known.

        Raises:
            Refusal: 429, too many wait already.
        """
        if seconds and self._person_id is None:
            if not PLACES.take(person_id):
                raise Refusal(
                    HTTPStatus.TOO_MANY_REQUESTS,
                    {"Retry-After": str(RETRY_SECONDS)},
                    detail="Too many requests wait already. Ask without `wait`, or wait for less.",
                )
            self._person_id = person_id
        self.seconds, self.mark = seconds, mark

    def end(self) -> None:
        """Give the place back."""
        if self._person_id is not None:
            PLACES.give_back(self._person_id)
            self._person_id = None


def look_of(request: HttpRequest) -> Look | None:
    """The look that a request is; `None` where nothing can wait."""
    look: Look | None = getattr(request, "scope", {}).get(KEY)
    return look
