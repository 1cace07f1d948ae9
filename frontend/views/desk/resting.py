"""The one page of a group that is locked down or about to leave, for its owners."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.approval_words import approval_words
from frontend.desk.page import Desk
from frontend.desk.resting import resting_page
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.views.desk.approvals import answer
from network.actions.departures import UNDO_FOR, restore_organization
from network.actions.lockdown import unlock_organization
from network.queries.approvals import approvals_waiting
from network.queries.members import names_of


@resting_page
def resting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What has stopped, and the button that brings the group back."""
    left = desk.organization.deleted_at
    names = names_of(desk.actor)
    waiting = [
        {"approval": one, "words": approval_words(one, names)}
        for one in approvals_waiting(desk.actor)
    ]
    context = {
        "desk": desk,
        "is_leaving": left is not None,
        "until": left + UNDO_FOR if left else None,
        "waiting": waiting,
    }
    return render(request, "frontend/desk/members/resting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@resting_page
def unlock(request: HttpRequest, desk: Desk) -> HttpResponse:
    """End the lock-down, or ask another owner to confirm that."""
    if request.method != "POST":
        return _back(desk)
    if unlock_organization(desk.actor, organization=desk.organization) is not None:
        messages.success(
            request,
            _("Another owner must confirm this within 7 days. The owners were told by mail."),
        )
        return _back(desk)
    messages.success(request, _("The lock-down has ended. Invitations must be sent anew."))
    return SeeOther(reverse("desk:overview", args=[desk.organization.slug]))


@require_POST
@confirmed
@resting_page
def restore(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Undo the deletion."""
    try:
        restore_organization(desk.actor, organization=desk.organization)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return _back(desk)
    messages.success(
        request, _("The group is back. Nothing of it is public until you publish it again.")
    )
    return SeeOther(reverse("desk:overview", args=[desk.organization.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@resting_page
def approval(request: HttpRequest, desk: Desk, approval_id: UUID) -> HttpResponse:
    """What another owner asks for while the group rests."""
    return answer(request, desk, approval_id)


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:resting", args=[desk.organization.slug]))
