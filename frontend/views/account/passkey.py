"""Adding a passkey: the browser asks the key, so this page needs scripts and says so."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.signed_in import SeeOther, account_page, confirmed
from frontend.forms.account.second_factor import PasskeyForm
from frontend.views.account.answers import UNPROCESSABLE, by_field, form_page
from frontend.views.account.code_app import next_step
from network.actions.second_factors import begin_passkey, finish_passkey, passkeys_work
from network.models import Person
from network.tenancy import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@account_page
def passkey(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """A name and a button; what the browser answered comes back as an ordinary form."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_passkey(
                actor,
                state_store=request.session,
                response=form.cleaned_data["answer"],
                name=form.cleaned_data["name"],
            )
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            messages.success(request, _("The passkey counts from now on."))
            return SeeOther(next_step(person))
    return form_page(
        request,
        "frontend/account/second_factor/passkey.html",
        form,
        passkeys_work=passkeys_work(),
    )


@require_POST
@confirmed
@account_page
def passkey_question(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """What the browser has to ask the key, as JSON."""
    try:
        options = begin_passkey(actor, state_store=request.session)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=UNPROCESSABLE)
    return JsonResponse({"options": options["publicKey"], "state": ""})
