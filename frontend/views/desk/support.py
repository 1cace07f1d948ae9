"""A steward asks to look at this desk: an owner allows it, refuses it, or ends it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed_to_act
from network.actions.support import answer_support, end_support
from network.models import SupportSession
from network.permissions import Permission
from network.queries.support import support_of_group


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_to_act(only="allow")
@desk_page(Permission.SUPPORT_ALLOW)
def support(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What a steward asks for, or the look that lasts, with the buttons of an owner."""
    session = support_of_group(desk.actor)
    if request.method != "POST":
        context = {"desk": desk, "part": "settings", "session": session}
        return render(request, "frontend/desk/members/support.html", context)
    if session is not None:
        _answer(request, desk, session)
    return SeeOther(reverse("desk:support", args=[desk.organization.slug]))


def _answer(request: HttpRequest, desk: Desk, session: SupportSession) -> None:
    try:
        if "end" in request.POST:
            end_support(desk.actor, session=session)
            messages.success(request, _("It is ended."))
        else:
            is_allowed = "allow" in request.POST
            answer_support(desk.actor, session=session, is_allowed=is_allowed)
            messages.success(
                request, _("It is allowed.") if is_allowed else _("It is not allowed.")
            )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
