"""Mails that messages wait: how often, and the link in each of them that ends them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther, account_page
from frontend.forms.account.mails import MailsForm
from frontend.telling.letters import one_click_address
from frontend.views.account.answers import by_field, form_page
from messaging.actions.mail_choices import Chosen, choose_mails, end_mails, is_of_somebody
from messaging.queries.mail_choices import chosen_in, mail_choice_of
from network.models import Person
from network.tenancy import Actor, visitor

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def mails(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """How often one is told that messages wait, and when not."""
    form = MailsForm(request.POST or None, initial=chosen_in(mail_choice_of(actor)))
    if request.method == "POST" and form.is_valid():
        try:
            choose_mails(actor, choice=Chosen(**form.cleaned_data))
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            messages.success(request, _("Saved."))
            return SeeOther(reverse("account:overview"))
    return form_page(request, "frontend/account/mails.html", form, zone=person.time_zone)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """One button that ends the mails; a POST ends them at once, from a mail program too.

    RFC 8058: no cookie and no token of a form is asked for, and the answer is no redirect. A
    POST that finds nothing to end is answered like one that did: there are no such mails.
    """
    actor = visitor()
    if request.method == "POST":
        end_mails(actor, token=token, link=one_click_address(token))
        return render(request, "frontend/account/mails_ended.html")
    if not is_of_somebody(actor, token=token):
        return render(request, "frontend/account/mails_dead_link.html", status=GONE)
    return render(request, "frontend/account/mails_end.html")
