"""Adding a code app: a picture, the same as text, and the first code. No scripts."""

from __future__ import annotations

from io import BytesIO

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.desk.signed_in import SeeOther, account_page, confirmed
from frontend.forms.account.forms import PlainForm
from frontend.forms.account.second_factor import AppCodeForm, FactorNameForm
from frontend.views.account.answers import by_field, form_page
from network.actions.second_factors import begin_totp, confirm_totp, totp_offer
from network.models import Person
from network.queries.factors import recovery_codes_left
from network.tenancy import Actor

_GROUP = 4
_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def code_app(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """A name and a button; afterwards what the app has to learn."""
    if request.method != "POST":
        return _learning(request, actor, AppCodeForm()) or _naming(request, FactorNameForm())
    form = FactorNameForm(request.POST)
    if form.is_valid():
        try:
            begin_totp(actor, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.take_errors(by_field(error, "name" if error.code != "too_many" else ""))
        else:
            return SeeOther(reverse("account:code_app"))
    return _naming(request, form)


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def confirm_code_app(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """The first code makes it count; whoever only looks is led to the page that asks for it."""
    if request.method != "POST":
        return SeeOther(reverse("account:code_app"))
    form = AppCodeForm(request.POST)
    if form.is_valid():
        try:
            confirm_totp(actor, code=form.cleaned_data["code"])
        except ValidationError as error:
            form.take_errors(by_field(error, "code"))
        else:
            messages.success(request, _("The code app counts from now on."))
            return SeeOther(next_step(person))
    shown = _learning(request, actor, form)
    return shown or SeeOther(reverse("account:code_app"))


@require_safe
@confirmed
@account_page
def picture(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """What the app has to learn, for its camera."""
    offer = totp_offer(actor)
    if offer is None:
        raise Http404
    drawn = BytesIO()
    segno.make(offer.uri, error="m", micro=False).save(drawn, kind="png", scale=6, border=4)
    return HttpResponse(drawn.getvalue(), content_type="image/png")


def next_step(person: Person) -> str:
    """Where a new second factor leads: to recovery codes, where there are none."""
    there = recovery_codes_left(person.pk)
    return reverse("account:factors" if there else "account:recovery_codes")


def _naming(request: HttpRequest, form: PlainForm) -> HttpResponse:
    return form_page(request, "frontend/account/second_factor/code_app_begin.html", form)


def _learning(request: HttpRequest, actor: Actor, form: PlainForm) -> HttpResponse | None:
    offer = totp_offer(actor)
    if offer is None:
        return None
    secret = offer.secret
    groups = [secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP)]
    template = "frontend/account/second_factor/code_app.html"
    return form_page(request, template, form, uri=offer.uri, groups=groups)
