"""How a group proves who it is: a mail to the entry's website, and groups that vouch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.applying import ask_vouch, send_proof
from directory.queries.applications import proofs_of
from directory.queries.cards import card_by_slug
from directory.queries.proofs import proof_domain
from directory.queries.vouches import MOST_ASKED, cards_to_ask, vouches_for
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.application import AskForm, ProofForm
from frontend.views.account.answers import form_page
from frontend.views.desk.application import back, found_at
from network.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.APPLICATION_WRITE)
def proof(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send a mail of proof; the domain is the entry's and shown, not typed."""
    found = found_at(desk)
    domain = proof_domain(found)
    if not found.listing_slug:
        raise Http404
    form = ProofForm(request.POST or None)
    template = "frontend/desk/application/proof.html"
    context: dict[str, Any] = {
        "desk": desk,
        "part": "application",
        "domain": domain,
        "proofs": proofs_of(desk.actor, found),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, template, form, **context)
    try:
        send_proof(desk.actor, application=found, local_part=form.cleaned_data["local_part"])
    except ValidationError as error:
        form.refuse(error)
        return form_page(request, template, form, **context)
    messages.success(request, _("The mail is on its way."))
    return back(desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.APPLICATION_WRITE)
def vouchers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose up to five groups that may vouch, from the public cards."""
    found = found_at(desk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card = card_by_slug(form.cleaned_data["group"])
            ask_vouch(
                desk.actor,
                application=found,
                card=card,
                message=form.cleaned_data["message"],
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The group was asked by mail."))
            return SeeOther(reverse("desk:application_vouchers", args=[desk.organization.slug]))
    words = request.GET.get("q", "").strip()[:100]
    asked = vouches_for(desk.actor, found)
    known = {one.organization_id for one, _name in asked}
    context: dict[str, Any] = {
        "desk": desk,
        "part": "application",
        "words": words,
        "asked": asked,
        "most": MOST_ASKED,
        "cards": [one for one in cards_to_ask(desk.actor, words) if one.pk not in known],
    }
    template = "frontend/desk/application/vouchers.html"
    return form_page(request, template, form, **context)
