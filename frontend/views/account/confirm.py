"""Is it you: asked once more before something that cannot be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import SeeOther, confirm_now, safe_next, signed_in, to_sign_in
from frontend.forms.account.forms import ConfirmForm, PlainForm
from frontend.forms.account.second_factor import PasskeyForm, SecondStepForm
from frontend.views.account.answers import UNPROCESSABLE, form_page
from frontend.views.account.codes import TOO_MANY, left_words, try_code
from frontend.views.account.sign_in import say_too_many
from network.actions.accounts import try_password
from network.actions.second_factors import kinds_of, passkey_options, verify_passkey
from network.models import Person
from network.tenancy import Actor, Purpose, Via, acting, system

_CODES = frozenset({"totp", "recovery"})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """By password, code or passkey, whichever the person has; it counts for ten minutes."""
    person = signed_in(request)
    if person is None:
        return to_sign_in(request)
    if request.method != "POST":
        return _page(request, person)
    if "answer" in request.POST:
        return _by_passkey(request, person)
    if "code" in request.POST:
        return _by_code(request, person)
    return _by_password(request, person)


@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the browser has to ask a passkey of this person, as JSON."""
    person = signed_in(request)
    if person is None:
        return to_sign_in(request)
    with acting(_alone(person), is_reading=True):
        options = passkey_options(person.pk, request.session)
    return JsonResponse({"options": options["publicKey"], "state": ""})


def _by_password(request: HttpRequest, person: Person) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, person, password=form)
    tried = try_password(
        system(Purpose.SIGN_IN, via=Via.PAGE),
        email=person.email,
        password=form.cleaned_data["password"],
        device=person.email,
    )
    if tried.wait_seconds:
        say_too_many(form, tried.wait_seconds)
        return _page(request, person, password=form, status=TOO_MANY, wait=tried.wait_seconds)
    if tried.person is None:
        form.add_error("password", _("This is not your password. Check it and try again."))
        return _page(request, person, password=form)
    return _go_on(request)


def _by_code(request: HttpRequest, person: Person) -> HttpResponse:
    form = SecondStepForm(request.POST)
    if not form.is_valid():
        return _page(request, person, code=form)
    tried = try_code(form, person.pk)
    if not tried.is_right:
        return _page(request, person, code=form, status=tried.status, wait=tried.wait_seconds)
    if tried.left is not None:
        messages.success(request, left_words(tried.left))
    return _go_on(request)


def _by_passkey(request: HttpRequest, person: Person) -> HttpResponse:
    form = PasskeyForm(request.POST)
    owner = None
    if form.is_valid():
        with acting(_alone(person)):
            owner = verify_passkey(request.session, form.cleaned_data["answer"])
    if owner != person.pk:
        return _page(request, person, status=UNPROCESSABLE, is_passkey_refused=True)
    return _go_on(request)


def _go_on(request: HttpRequest) -> HttpResponse:
    confirm_now(request)
    return SeeOther(safe_next(request, reverse("account:overview")))


def _page(
    request: HttpRequest,
    person: Person,
    *,
    password: PlainForm | None = None,
    code: PlainForm | None = None,
    status: int = 0,
    wait: int = 0,
    **context: Any,
) -> HttpResponse:
    """The ways that this person has; what was refused stands at the one that was tried."""
    with acting(_alone(person), is_reading=True):
        kinds = kinds_of(person.pk)
    has_password = person.has_usable_password()
    shown = {
        "kinds": kinds,
        "password_form": (password or ConfirmForm()) if has_password else None,
        "code_form": (code or SecondStepForm()) if kinds & _CODES else None,
        "next": safe_next(request, ""),
        **context,
    }
    tried = password or code or PlainForm()
    response = form_page(request, "frontend/account/confirm.html", tried, status, **shown)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _alone(person: Person) -> Actor:
    return Actor(via=Via.PAGE, person_id=person.pk)
