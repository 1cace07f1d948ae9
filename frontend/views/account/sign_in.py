"""Signing in and out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import (
    CONFIRMED_SECONDS,
    SeeOther,
    account_page,
    begin_session,
    safe_next,
    signed_in,
)
from frontend.forms.account.forms import PlainForm, SignInForm
from frontend.views.account.answers import form_page
from frontend.views.account.codes import TOO_MANY
from network.actions.accounts import sign_out_everywhere, try_password
from network.models import Person
from network.sessions import WAITING
from network.tenancy import Actor, Purpose, Via, system
from network.validators import normalise_email

# This browser was signed in to an account before: its tries are counted apart from others'.
KNOWN = "known"
KNOWN_SECONDS = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; the same answer for a wrong password and an account that is not there."""
    if signed_in(request) is not None:
        return SeeOther(safe_next(request, reverse("desk:index")))
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "frontend/account/sign_in.html", form, next=_next(request))
    tried = try_password(
        system(Purpose.SIGN_IN, via=Via.PAGE),
        email=form.cleaned_data["email"],
        password=form.cleaned_data["password"],
        device=_known(request, form.cleaned_data["email"]),
    )
    if tried.wait_seconds:
        say_too_many(form, tried.wait_seconds)
        template = "frontend/account/sign_in.html"
        response = form_page(request, template, form, TOO_MANY, next=_next(request))
        response.headers["Retry-After"] = str(tried.wait_seconds)
        return response
    if tried.person is None:
        form.add_error(None, _("Address and password do not belong together. Check both."))
        return form_page(request, "frontend/account/sign_in.html", form, next=_next(request))
    return enter(request, tried.person, form.cleaned_data["device"])


def enter(request: HttpRequest, person: Person, device: str) -> HttpResponse:
    """Let somebody in who has shown one factor; the second comes first where they have one."""
    if person.second_factor_since is not None:
        ends = int(timezone.now().timestamp()) + CONFIRMED_SECONDS
        request.session.flush()
        request.session[WAITING] = {"person": str(person.pk), "device": device, "until": ends}
        query = urlencode({"next": _next(request)})
        return SeeOther(f"{reverse('account:second')}?{query}")
    return welcome(request, person, device)


def welcome(request: HttpRequest, person: Person, device: str) -> HttpResponse:
    """Begin the session and go on to where the person wanted to be."""
    begin_session(request, person, device)
    response = SeeOther(safe_next(request, reverse("desk:index")))
    response.set_signed_cookie(
        KNOWN,
        _word_for(person.email),
        salt=KNOWN,
        max_age=KNOWN_SECONDS,
        path="/account/",
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session, and let the browser forget what it kept."""
    request.session.flush()
    return _cleared(SeeOther(reverse("account:signed_out")))


@require_POST
@account_page
def panic(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """End everything that the account has open, everywhere, at once."""
    sign_out_everywhere(actor, person=person)
    request.session.flush()
    return _cleared(SeeOther(f"{reverse('account:signed_out')}?everywhere=1"))


def signed_out(request: HttpRequest) -> HttpResponse:
    """What has ended, and the way back in."""
    context = {"everywhere": "everywhere" in request.GET}
    return render(request, "frontend/account/signed_out.html", context)


def say_too_many(form: PlainForm, seconds: int) -> None:
    """Say on a form that the tries for its address are used up, and for how long."""
    minutes = -(-seconds // 60)
    form.add_error(
        None,
        _("Too many tries for this address. Wait %(minutes)d min and try again.")
        % {"minutes": minutes},
    )


def _next(request: HttpRequest) -> str:
    return safe_next(request, "")


def _known(request: HttpRequest, email: str) -> str:
    """A word for this browser where it was signed in to this account before."""
    try:
        known = request.get_signed_cookie(KNOWN, salt=KNOWN, max_age=KNOWN_SECONDS)
    except (KeyError, signing.BadSignature):
        return ""
    return "known" if constant_time_compare(known or "", _word_for(email)) else ""


def _word_for(email: str) -> str:
    """What the cookie says instead of the address."""
    return salted_hmac(KNOWN, normalise_email(email), algorithm="sha256").hexdigest()


def _cleared(response: HttpResponse) -> HttpResponse:
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
