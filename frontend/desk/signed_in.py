"""Who is signed in, and pages for them alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from frontend.middleware.public import READING
from frontend.views.errors import not_found
from network.models import Person
from network.permissions import Refused
from network.sessions import NAME, PERSON, hash_of
from network.tenancy import Actor, Via, acting

CONFIRMED = "confirmed_at"
CONFIRMED_SECONDS = 600


class SeeOther(HttpResponseRedirect):
    """303: go and look there; what was sent is not sent again."""

    status_code = 303


def signed_in(request: HttpRequest) -> Person | None:
    """Who is signed in on a private path."""
    return getattr(request, "person", None)


def begin_session(request: HttpRequest, person: Person, name: str) -> None:
    """Sign this browser in under a new key; what it held before is forgotten."""
    request.session.flush()
    request.session[PERSON] = str(person.pk)
    request.session[NAME] = name
    confirm_now(request)


def confirm_now(request: HttpRequest) -> None:
    """The person has just shown that it is them."""
    request.session[CONFIRMED] = int(timezone.now().timestamp())


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person has shown within ten minutes that it is them."""
    then = request.session.get(CONFIRMED, 0)
    return bool(timezone.now().timestamp() - then <= CONFIRMED_SECONDS)


def key_hash(request: HttpRequest) -> str:
    """The form in which this browser's session is kept."""
    return hash_of(request.session.session_key or "")


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The page on this site that `next` names, or another."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    host = request.get_host()
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {host}):
        return wanted
    return fallback


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in and back; a form that was sent leads back to its own page."""
    return _and_back("account:sign_in", request)


def _and_back(name: str, request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in READING else _form_of(request)
    return SeeOther(f"{reverse(name)}?{urlencode({'next': back})}")


def _form_of(request: HttpRequest) -> str:
    """The page of this site with the form that was sent; a button has no page of its own."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return parts.path if parts.netloc == request.get_host() else request.path


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for who has shown within ten minutes that it is them; stands above the others."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signed_in(request) is None:
            return to_sign_in(request)
        if not is_confirmed(request):
            return _and_back("account:confirm", request)
        return view(request, *args, **kwargs)

    return page


def confirmed_to_act(
    *, only: str = "", unless: str = ""
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The same where something is sent: with the button `only`, or with any but `unless`.

    For pages that are read without it, or on which another button takes power away: nothing
    stands in the way of that. The view looks for that button first.
    """

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        asking = confirmed(view)

        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            sent = request.POST
            asks = only in sent if only else unless not in sent
            is_sent = request.method not in READING
            return (asking if is_sent and asks else view)(request, *args, **kwargs)

        return page

    return decorated


def account_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view(request, person, actor)` for who is signed in, in their own scope."""

    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        person = signed_in(request)
        if person is None:
            return to_sign_in(request)
        actor = Actor(via=Via.PAGE, person_id=person.pk)
        try:
            with acting(actor, is_reading=request.method in READING):
                return view(request, person, actor, **kwargs)
        except (Http404, ObjectDoesNotExist, Refused):
            return not_found(request)

    return page
