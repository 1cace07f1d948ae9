"""Inviting people, and taking invitations back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.forms.desk.members import InviteForm
from frontend.views.account.answers import by_field, form_page
from network.actions.invitations import invite_member, revoke_invitation
from network.enums import Role
from network.models import Invitation
from network.permissions import Permission
from network.queries.invitations import invitations_of, is_own


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.MEMBER_MANAGE)
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write a mail of invitation to one address."""
    initial = {"role": Role.MEMBER, "language": get_language()}
    form = InviteForm(request.POST or None, own=desk.role, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(
                desk.actor,
                organization=desk.organization,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                language=form.cleaned_data["language"],
            )
        except ValidationError as error:
            form.take_errors(by_field(error, _field_of(error)))
        else:
            messages.success(request, _("The invitation is on its way. Its link works 7 days."))
            return _back(desk)
    limit = settings.INVITATIONS_A_DAY
    return form_page(
        request, "frontend/desk/members/invite.html", form, desk=desk, part="members", limit=limit
    )


@require_POST
@desk_page(Permission.MEMBER_MANAGE)
def revoke(request: HttpRequest, desk: Desk, invitation_id: UUID) -> HttpResponse:
    """Let a link work no more."""
    revoke_invitation(desk.actor, invitation=_open(desk, invitation_id))
    messages.success(request, _("The invitation was revoked. Its link is dead."))
    return _back(desk)


@require_POST
@desk_page(Permission.MEMBER_MANAGE)
def resend(request: HttpRequest, desk: Desk, invitation_id: UUID) -> HttpResponse:
    """Send a new link in place of the old one, as who sent the first."""
    invitation = _open(desk, invitation_id)
    if not is_own(desk.actor, invitation):
        raise Http404
    try:
        invite_member(
            desk.actor,
            organization=desk.organization,
            email=invitation.email,
            role=Role(invitation.role),
            language=invitation.language,
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("A new link is on its way. The old one is dead."))
    return _back(desk)


def _open(desk: Desk, invitation_id: UUID) -> Invitation:
    return invitations_of(desk.actor).select_related("organization").get(pk=invitation_id)


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:members", args=[desk.organization.slug]))


def _field_of(error: ValidationError) -> str:
    """Where in the form a refusal belongs."""
    return {"email": "email", "language": "language", "second_owner": "role"}.get(
        str(getattr(error, "code", "")), ""
    )
