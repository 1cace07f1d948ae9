"""The page behind the link of an invitation: one button, and nothing happens before it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther, signed_in
from frontend.forms.desk.members import JoinForm
from frontend.views.account.answers import by_field, form_page
from frontend.views.account.sign_in import enter
from network.actions.joining import DeadInvitationError, accept_as_new, accept_invitation
from network.models import Organization, Person
from network.queries.invitations import Offer, invitation_for
from network.tenancy import Actor, Via, acting, visitor

GONE = 410
UNPROCESSABLE = 422
_PAGE = "frontend/account/invitation.html"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and the way in; 410 for every link that does not work, alike."""
    offer = invitation_for(token)
    if offer is None:
        return _dead(request)
    person = signed_in(request)
    try:
        if person is not None:
            return _with_account(request, token, offer, person)
        if offer.has_account:
            return render(request, _PAGE, {"offer": offer, "here": request.get_full_path()})
        return _as_new(request, token, offer)
    except DeadInvitationError:
        return _dead(request)


def _with_account(request: HttpRequest, token: str, offer: Offer, person: Person) -> HttpResponse:
    context: dict[str, object] = {"offer": offer, "account": person}
    if request.method != "POST":
        return render(request, _PAGE, context)
    actor = Actor(via=Via.PAGE, person_id=person.pk)
    try:
        with acting(actor):
            joined = accept_invitation(actor, token=token)
            slug = Organization.objects.beyond_scope().get(pk=joined.organization_id).slug
    except ValidationError as error:
        context["refused"] = error.messages
        return render(request, _PAGE, context, status=UNPROCESSABLE)
    messages.success(request, _("Welcome to %(group)s.") % {"group": offer.organization_name})
    return SeeOther(reverse("desk:overview", args=[slug]))


def _as_new(request: HttpRequest, token: str, offer: Offer) -> HttpResponse:
    initial = {"language": offer.language, "time_zone": "UTC"}
    form = JoinForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, _PAGE, form, offer=offer)
    try:
        with acting(visitor()) as nobody:
            joined = accept_as_new(nobody, token=token, **form.cleaned_data)
    except ValidationError as error:
        form.take_errors(by_field(error))
        return form_page(request, _PAGE, form, offer=offer)
    return enter(request, joined.person, "")


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/account/dead_invitation.html", status=GONE)
