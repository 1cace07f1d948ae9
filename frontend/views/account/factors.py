"""The second step of one's account: what there is, its names, recovery codes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.desk.signed_in import SeeOther, account_page, confirmed
from frontend.forms.account.second_factor import FactorNameForm
from frontend.views.account.answers import by_field, form_page
from network.actions.second_factors import (
    make_recovery_codes,
    passkeys_work,
    remove_factor,
    rename_factor,
)
from network.models import Person
from network.queries.factors import factors_of, needs_second_factor, recovery_codes_left
from network.tenancy import Actor

_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@account_page
def factors(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """Every code app and passkey, and how many recovery codes are left."""
    context = {
        "factors": list(factors_of(actor)),
        "codes_left": recovery_codes_left(person.pk),
        "is_needed": needs_second_factor(person),
        "passkeys_work": passkeys_work(),
    }
    return render(request, "frontend/account/second_factor/overview.html", context)


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def factor(request: HttpRequest, person: Person, actor: Actor, factor_id: UUID) -> HttpResponse:
    """Call a code app or passkey something else."""
    own = get_object_or_404(factors_of(actor), pk=factor_id)
    form = FactorNameForm(request.POST or None, initial={"name": own.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_factor(actor, factor_id=factor_id, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.take_errors(by_field(error, "name"))
        else:
            messages.success(request, _("Saved."))
            return SeeOther(reverse("account:factors"))
    return form_page(request, "frontend/account/second_factor/rename.html", form, factor=own)


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def remove(request: HttpRequest, person: Person, actor: Actor, factor_id: UUID) -> HttpResponse:
    """Take one away, after a page that says what follows."""
    own = get_object_or_404(factors_of(actor), pk=factor_id)
    error = ""
    if request.method == "POST":
        try:
            remove_factor(actor, factor_id=factor_id)
        except ValidationError as refused:
            error = refused.messages[0]
        else:
            messages.success(request, _("Removed. A mail about it is on its way to you."))
            return SeeOther(reverse("account:factors"))
    context = {
        "factor": own,
        "error": error,
        "is_last": not factors_of(actor).exclude(pk=own.pk).exists(),
    }
    status = 422 if error else 200
    return render(request, "frontend/account/second_factor/remove.html", context, status=status)


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def recovery_codes(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """What recovery codes are for; the answer to a POST shows new ones, once."""
    if not factors_of(actor).exists():
        return SeeOther(reverse("account:factors"))
    if request.method != "POST":
        context = {"codes_left": recovery_codes_left(person.pk)}
        return render(request, "frontend/account/second_factor/codes.html", context)
    # Shown in the answer itself, which nobody keeps: a page to look at again would have to hold
    # them somewhere.
    context_of_new = {"codes": make_recovery_codes(actor)}
    return render(request, "frontend/account/second_factor/new_codes.html", context_of_new)
