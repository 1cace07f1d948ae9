"""Signing in with a passkey: as the second step, or with it alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import SeeOther, safe_next
from frontend.forms.account.forms import SignInForm
from frontend.forms.account.second_factor import PasskeyAnswerForm, SecondStepForm
from frontend.views.account.answers import UNPROCESSABLE, form_page
from frontend.views.account.second import finish, pending, second_page
from network.actions.limits import take
from network.actions.second_factors import passkey_options, verify_passkey
from network.tenancy import Purpose, Via, acting, system

_SALT = "account.passkey"
_SECONDS = 600


@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser has to ask for, as JSON.

    Nothing is kept here: the question comes back signed, with the answer, and is good once.
    """
    store: dict[str, Any] = {}
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=True):
        options = passkey_options(pending(request), store)
    state = signing.dumps(store, salt=_SALT)
    return JsonResponse({"options": options["publicKey"], "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Let in whose passkey it is; only the one who is waited for, where a password was shown."""
    waiting = pending(request)
    if request.method != "POST":
        # A refusal stands at this address, with links to itself in other languages.
        return SeeOther(reverse("account:sign_in" if waiting is None else "account:second"))
    form = PasskeyAnswerForm(request.POST)
    person_id = None
    if form.is_valid():
        person_id = _owner(form.cleaned_data["state"], form.cleaned_data["answer"])
    if person_id is None or waiting not in (None, person_id):
        return _refused(request, waiting)
    return finish(request, person_id)


def _owner(state: str, answer: str) -> UUID | None:
    """Whose passkey answered a question of this site, asked less than ten minutes ago, once."""
    try:
        store: dict[str, Any] = signing.loads(state, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    if not take("passkey answer", state, 1, 2 * _SECONDS).allowed:
        return None
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE)):
        return verify_passkey(store, answer)


def _refused(request: HttpRequest, waiting: UUID | None) -> HttpResponse:
    if waiting is not None:
        return second_page(
            request, SecondStepForm(), waiting, UNPROCESSABLE, is_passkey_refused=True
        )
    return form_page(
        request,
        "frontend/account/sign_in.html",
        SignInForm(),
        UNPROCESSABLE,
        next=safe_next(request, ""),
        is_passkey_refused=True,
    )
