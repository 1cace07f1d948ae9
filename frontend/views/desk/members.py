"""Members: who belongs to the group, in which role, and who is invited."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.waiting import bounce_words
from frontend.forms.desk.members import RoleForm
from frontend.views.account.answers import by_field, form_page
from network.actions.members import change_role, remove_member
from network.enums import Role
from network.models import Approval, Membership
from network.permissions import Permission
from network.queries.invitations import invitations_of, is_own
from network.queries.members import members_of
from network.queries.receivers import bounces_of

_MEMBER = "frontend/desk/members/member.html"


@require_safe
@desk_page(Permission.MEMBER_READ)
def members(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everybody by name and role; for who manages members also the open invitations."""
    manages = desk.can(Permission.MEMBER_MANAGE)
    bounces = bounces_of(desk.actor) if manages else {}
    rows = [
        {
            "membership": row,
            "name": row.name,  # type: ignore[attr-defined] # annotated by the query
            "role": Role(row.role),
            "is_self": row.person_id == desk.person.pk,
            "can_change": manages and Role(row.role).rank <= desk.role.rank,
            "bounced": bounce_words(*bounces[row.person_id]) if row.person_id in bounces else "",
        }
        for row in members_of(desk.actor)
    ]
    invited = [
        {
            "invitation": row,
            "role": Role(row.role),
            "is_own": is_own(desk.actor, row),
            "can_change": Role(row.role).rank <= desk.role.rank,
        }
        for row in (invitations_of(desk.actor) if manages else ())
    ]
    context = {
        "desk": desk,
        "part": "members",
        "rows": rows,
        "invited": invited,
        "manages": manages,
    }
    return render(request, "frontend/desk/members/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.MEMBER_MANAGE)
def member(request: HttpRequest, desk: Desk, membership_id: UUID) -> HttpResponse:
    """One member: another role, or the end."""
    row = _row(desk, membership_id)
    form = RoleForm(request.POST or None, own=desk.role, initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        try:
            waiting = change_role(desk.actor, membership=row, role=Role(form.cleaned_data["role"]))
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            _tell(request, waiting, _("The role was changed."))
            return SeeOther(reverse("desk:members", args=[desk.organization.slug]))
    return _member_page(request, desk, row, form)


@require_POST
@confirmed
@desk_page(Permission.MEMBER_MANAGE)
def end(request: HttpRequest, desk: Desk, membership_id: UUID) -> HttpResponse:
    """End a membership."""
    row = _row(desk, membership_id)
    try:
        waiting = remove_member(desk.actor, membership=row)
    except ValidationError as error:
        form = RoleForm(own=desk.role, initial={"role": row.role})
        return _member_page(request, desk, row, form, refused=error.messages, status=422)
    _tell(request, waiting, _("The membership has ended."))
    return SeeOther(reverse("desk:members", args=[desk.organization.slug]))


def _row(desk: Desk, membership_id: UUID) -> Membership:
    """The member, where their role does not stand above that of who asks.

    Raises:
        Http404: there is none.
    """
    row = members_of(desk.actor).filter(pk=membership_id).first()
    if row is None or Role(row.role).rank > desk.role.rank:
        raise Http404
    return row


def _member_page(
    request: HttpRequest,
    desk: Desk,
    row: Membership,
    form: RoleForm,
    refused: list[str] | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {
        "desk": desk,
        "part": "members",
        "membership": row,
        "name": row.name,  # type: ignore[attr-defined] # annotated by the query
        "role": Role(row.role),
        "is_self": row.person_id == desk.person.pk,
        "refused": refused or [],
    }
    return form_page(request, _MEMBER, form, status, **context)


def _tell(request: HttpRequest, waiting: Approval | None, done: str) -> None:
    """A note on what was done, or that another owner must confirm it first."""
    if waiting is not None:
        done = _("Another owner must confirm this within 7 days. The owners were told by mail.")
    messages.success(request, done)
