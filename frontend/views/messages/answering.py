"""Answering whoever asked to talk: yes, a silent no, never again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.desk.signed_in import SeeOther
from frontend.views.errors import bad_request
from frontend.views.messages.page import Seat, messages_page
from messaging.actions.answering import accept, block, refuse
from network.permissions import Permission


@require_POST
@messages_page(Permission.MESSAGE_WRITE)
def answer(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """Do what the button says."""
    act = request.POST.get("act")
    if act == "accept":
        try:
            accept(seat.actor, conversation_id=conversation_id)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return SeeOther(seat.path("contacts"))
        messages.success(request, _("Accepted. They see it, and you can write."))
        return SeeOther(seat.path("conversation", conversation_id))
    if act == "refuse":
        refuse(seat.actor, conversation_id=conversation_id)
        messages.success(request, _("Refused. They are not told."))
        return SeeOther(seat.path("requests"))
    if act == "block":
        return _block(request, seat, conversation_id)
    return bad_request(request)


def _block(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    try:
        found = block(seat.actor, conversation_id=conversation_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return SeeOther(seat.path("conversation", conversation_id))
    words = _("Blocked: %(group)s. They are not told. A coordinator can take it back.")
    messages.success(request, words % {"group": found.blocked_name})
    return SeeOther(seat.path("contacts"))
