"""What a second owner confirms or calls off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.approval_words import approval_words
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed
from network.actions.approvals import cancel_approval, confirm_approval
from network.enums import Role
from network.permissions import Permission
from network.queries.approvals import approvals_waiting
from network.queries.members import names_of


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.ORGANIZATION_EXPORT)
def approval(request: HttpRequest, desk: Desk, approval_id: UUID) -> HttpResponse:
    """One step that waits, with two buttons."""
    return answer(request, desk, approval_id)


def answer(request: HttpRequest, desk: Desk, approval_id: UUID) -> HttpResponse:
    """The page and what its buttons do, wherever an owner may see it.

    Raises:
        Http404: nothing of this kind waits, or its reader is no owner.
    """
    waiting = approvals_waiting(desk.actor).filter(pk=approval_id).first()
    if waiting is None or desk.role is not Role.OWNER:
        raise Http404
    names = names_of(desk.actor)
    context = {
        "desk": desk,
        "approval": waiting,
        "words": approval_words(waiting, names),
        "asked_by": names.get(waiting.asked_by.person_id, ""),
        "is_own": waiting.asked_by.person_id == desk.person.pk,
    }
    if request.method != "POST":
        return render(request, "frontend/desk/members/approval.html", context)
    try:
        if "cancel" in request.POST:
            cancel_approval(desk.actor, approval=waiting)
            messages.success(request, _("It was called off. Nothing was changed."))
        else:
            confirm_approval(desk.actor, approval=waiting)
            messages.success(request, _("It is confirmed and done."))
    except ValidationError as error:
        context["refused"] = error.messages
        return render(request, "frontend/desk/members/approval.html", context, status=422)
    return SeeOther(reverse("desk:settings", args=[desk.organization.slug]))
