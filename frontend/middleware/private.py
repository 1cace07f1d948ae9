"""Sessions, forms' tokens and who is signed in: on private paths, and on no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from frontend.addresses import is_private
from network.models import Person
from network.sessions import PERSON, SessionStore

SEEN = "seen"


class Sessions(SessionMiddleware):
    """Django's, where there is something to sign in to."""

    def __call__(self, request: HttpRequest) -> Any:
        """The answer, with the session of a private path."""
        return super().__call__(request) if is_private(request) else self.get_response(request)


class Csrf(CsrfViewMiddleware):
    """Django's, where forms are taken: public pages take none and never read a cookie."""

    def __call__(self, request: HttpRequest) -> Any:
        """The answer; on private paths with the token of its forms."""
        return super().__call__(request) if is_private(request) else self.get_response(request)

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """403 where a form of a private path came from elsewhere."""
        if not is_private(request):
            return None
        refused: HttpResponseForbidden | None = super().process_view(
            request, callback, callback_args, callback_kwargs
        )
        return refused


class Notes(MessageMiddleware):
    """Django's messages, such as "Saved.", where there is a session to keep them in."""

    def __call__(self, request: HttpRequest) -> Any:
        """The answer, with the notes of a private path."""
        return super().__call__(request) if is_private(request) else self.get_response(request)


class SignedIn:
    """Finds who is signed in, and speaks their language where the address names none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in the person's language."""
        if not is_private(request):
            return self.get_response(request)
        person = _person_of(request)
        setattr(request, "person", person)  # noqa: B010 - Django's request has no such attribute
        if person is None or getattr(request, "has_named_language", False):
            return self.get_response(request)
        with translation.override(person.language):
            response = self.get_response(request)
            response.headers["Content-Language"] = person.language
            return response


def _person_of(request: HttpRequest) -> Person | None:
    """Whose session it is; nobody's where the account is gone or suspended."""
    if PERSON not in request.session:
        return None
    today = timezone.localdate().isoformat()
    if request.session.get(SEEN) != today:
        request.session[SEEN] = today
    return cast("SessionStore", request.session).holder
