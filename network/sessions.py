"""Django's sessions over the table of devices: the cookie is kept as a hash only."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events import SessionsEnded, publish
from network.models import Person, Session
from network.tenancy import Purpose, Via, acting, system

PERSON = "person"
# Who has shown one factor and has the second to go: `{person, device, until}`.
WAITING = "second"
NAME = "device"
LONGEST = dt.timedelta(days=90)


class SessionStore(SessionBase):
    """A session in `network.Session`. Whoever holds the database cannot sign in with it.

    A session that was ended while a request ran is not written again: the request is interrupted.
    """

    _loaded_with: Person | None = None

    @property
    def holder(self) -> Person | None:
        """Who is signed in by it, read with it; nobody where the account is gone or suspended."""
        named = self.get(PERSON)
        person = self._loaded_with
        if person is None or str(person.pk) != named or not person.is_active:
            return None
        return person

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it is unknown, ended or over."""
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        self._loaded_with = row.person
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        with _signing_in(is_reading=True):
            return Session.objects.filter(key_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        """A new session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write it; the day counts as seen.

        Raises:
            CreateError: `must_create`, and the key is taken.
            UpdateError: it was ended meanwhile.
        """
        if self.session_key is None:
            self.create()
            return
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's
        values = {
            "person_id": content.get(PERSON) or content.get(WAITING, {}).get("person"),
            "is_waiting": PERSON not in content,
            "data": self.encode(content),
            "seen_on": timezone.localdate(),
            "expires_at": self.get_expiry_date(),
        }
        digest = hash_of(self.session_key)
        with _signing_in():
            if must_create:
                _create(digest, {**values, "name": content.get(NAME, "")})
            elif not Session.objects.filter(key_hash=digest).update(**values):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        key = session_key or self.session_key
        if key is not None:
            digest = hash_of(key)
            with _signing_in():
                if Session.objects.filter(key_hash=digest).delete()[0]:
                    publish(SessionsEnded(session_hash=digest))

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what is over; the purge does, too."""
        with _signing_in():
            if Session.objects.filter(expires_at__lt=timezone.now()).delete()[0]:
                publish(SessionsEnded())

    def _row(self) -> Session | None:
        if self.session_key is None:
            return None
        now = timezone.now()
        with _signing_in(is_reading=True):
            found = Session.objects.select_related("person").filter(
                key_hash=hash_of(self.session_key),
                expires_at__gt=now,
                created_at__gt=now - LONGEST,
            )
            return next(iter(found), None)


def hash_of(key: str) -> str:
    """The form in which a key is kept. Keys are long and random: a plain hash hides them."""
    return sha256(f"{settings.SESSION_COOKIE_NAME}:{key}".encode()).hexdigest()


def _signing_in(*, is_reading: bool = False) -> Any:
    return acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=is_reading)


def _create(digest: str, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(key_hash=digest, **values)
    except IntegrityError as error:
        raise CreateError from error
