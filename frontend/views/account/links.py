"""Links of one use and forgotten passwords: opening a link shows one button and does nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther
from frontend.forms.account.forms import ForgotForm, NewPasswordForm
from frontend.views.account.answers import by_field, form_page
from frontend.views.account.sign_in import enter
from network.actions.accounts import (
    ask_for_reset,
    confirm_new_email,
    open_link,
    reset_password,
    use_link,
)
from network.actions.limits import take
from network.enums import LinkKind
from network.tenancy import Actor, Purpose, Via, acting, system, visitor

# Links asked for to one address: more of them would only fill its box.
ASKED, ASKED_SECONDS = 5, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same for every address."""
    form = ForgotForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "frontend/account/forgot.html", form)
    email = form.cleaned_data["email"]
    if take("reset", email.lower(), ASKED, ASKED_SECONDS).allowed:
        ask_for_reset(visitor(), email=email)
    return SeeOther(reverse("account:asked"))


def asked(request: HttpRequest) -> HttpResponse:
    """What happens now, whether there is such an account or not."""
    return render(request, "frontend/account/asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """One button, or the form for a new password; 410 for a link that is used, over or none."""
    signing_in = system(Purpose.SIGN_IN, via=Via.PAGE)
    opened = open_link(signing_in, token=token)
    if opened is None:
        return render(request, "frontend/account/dead_link.html", status=410)
    if opened.kind is LinkKind.RESET:
        return _reset(request, token)
    if request.method != "POST":
        return render(request, "frontend/account/link.html", {"opened": opened})
    if opened.kind is LinkKind.EMAIL:
        done = confirm_new_email(signing_in, token=token)
        template = "frontend/account/email_changed.html" if done else _DEAD
        return render(request, template, status=200 if done else 410)
    used = use_link(signing_in, token=token)
    if used is None:
        return render(request, _DEAD, status=410)
    return enter(request, used.person, "")


_DEAD = "frontend/account/dead_link.html"


def _reset(request: HttpRequest, token: str) -> HttpResponse:
    """The new password and the link's use are one transaction: a refused one costs no link."""
    form = NewPasswordForm(request.POST or None)
    template = "frontend/account/new_password.html"
    words: dict[str, Any] = {"heading": _("Choose a new password"), "is_reset": True}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, template, form, **words)
    signing_in = system(Purpose.SIGN_IN, via=Via.PAGE)
    try:
        with acting(signing_in):
            used = use_link(signing_in, token=token)
            if used is None:
                return render(request, _DEAD, status=410)
            own = Actor(via=Via.PAGE, person_id=used.person.pk)
            with acting(own):
                reset_password(own, person=used.person, password=form.cleaned_data["password"])
    except ValidationError as error:
        form.take_errors(by_field(error, "password"))
        return form_page(request, template, form, **words)
    return enter(request, used.person, "")
