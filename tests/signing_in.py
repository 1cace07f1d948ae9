"""Signing a test client in, without the cost of a password."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from django.utils import timezone

from network.models import Person
from network.sessions import NAME, PERSON, SessionStore


def signed_in(person: Person, name: str = "", *, checks_forms: bool = False) -> Client:
    """A client whose browser is signed in as this person, and has just confirmed it."""
    session = SessionStore()
    session[PERSON] = str(person.pk)
    session[NAME] = name
    session["confirmed_at"] = int(timezone.now().timestamp())
    session.create()
    session.save()
    client = Client(enforce_csrf_checks=checks_forms)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
