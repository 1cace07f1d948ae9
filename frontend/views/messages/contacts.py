"""Groups from which one wants to hear nothing, and whether strangers may ask at all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther
from frontend.views.errors import bad_request
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from messaging.actions.answering import take_requests, unblock
from messaging.queries.contacts import blocks_of, takes_requests
from network.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@messages_page(Permission.MESSAGE_READ)
def contacts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the group has decided; coordinators change it."""
    if request.method == "POST":
        return _change(request, seat)
    context = {
        **of(seat),
        "part": "contacts",
        "blocks": list(blocks_of(seat.actor)),
        "takes": takes_requests(seat.actor),
    }
    return render(request, "frontend/messages/contacts.html", context)


def _change(request: HttpRequest, seat: Seat) -> HttpResponse:
    act = request.POST.get("act")
    if act in ("take", "take_none"):
        take_requests(seat.actor, takes_requests=act == "take")
        messages.success(request, _("Saved."))
    elif act == "unblock":
        try:
            blocked = UUID(request.POST.get("organization", ""))
        except ValueError:
            return bad_request(request)
        unblock(seat.actor, organization_id=blocked)
        messages.success(request, _("Unblocked. They can write to you again."))
    else:
        return bad_request(request)
    return SeeOther(seat.path("contacts"))
