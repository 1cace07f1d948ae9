"""Settings of a group: its page, what owners confirm, lock-down, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.organizations import (
    StaleOrganizationError,
    confirm_website,
    edit_organization,
)
from directory.queries.countries import country_by_code
from frontend.desk.approval_words import approval_words
from frontend.desk.differences import differences
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.forms.desk.organization import CardForm
from frontend.views.account.answers import by_field, form_page
from network.actions.departures import delete_organization
from network.actions.handovers import cancel_handover
from network.actions.lockdown import lock_organization
from network.actions.organizations import leave_organization
from network.enums import OrganizationKind, Role
from network.permissions import Permission
from network.queries.approvals import approvals_waiting, handover_announced
from network.queries.members import names_of
from network.queries.uploads import logo_of

CONFLICT = 409
UNPROCESSABLE = 422
_CARD = "frontend/desk/members/card.html"


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def settings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the group says of itself, what waits, and the ways out."""
    names = names_of(desk.actor)
    is_owner = desk.role is Role.OWNER
    waiting = [
        {
            "approval": one,
            "words": approval_words(one, names),
            "asked_by": names.get(one.asked_by.person_id, ""),
        }
        for one in (approvals_waiting(desk.actor) if is_owner else ())
    ]
    announced = handover_announced(desk.actor)
    organization = desk.organization
    context = {
        "desk": desk,
        "part": "settings",
        "is_owner": is_owner,
        "waiting": waiting,
        "handover": announced,
        "new_owner": names.get(announced.membership.person_id, "") if announced else "",
        "country": country_by_code(organization.country),
        "kind": OrganizationKind(organization.kind).label,
        "logo": logo_of(desk.actor),
        "website_is_own": organization.website_changed_by == desk.person.pk,
    }
    return render(request, "frontend/desk/members/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.ORGANIZATION_EDIT)
def card(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change what the group says of itself; a stale form is answered with both sides."""
    form = CardForm(request.POST or None, organization=desk.organization)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, _CARD, form, desk=desk, part="settings")
    try:
        changed = edit_organization(
            desk.actor,
            organization=desk.organization,
            base_version=form.cleaned_data["base_version"],
            changes=form.changes(),
            has_looked=form.has_looked,
        )
    except StaleOrganizationError as stale:
        both = differences(form, stale.present)
        again = CardForm(_on_top_of(request, stale.present.version), organization=stale.present)
        return form_page(request, _CARD, again, CONFLICT, desk=desk, part="settings", both=both)
    except ValidationError as error:
        form.heed(error)
        form.take_errors(by_field(error))
        return form_page(request, _CARD, form, desk=desk, part="settings")
    waits = changed.website_changed_at is not None and "website" in form.changed_data
    messages.success(
        request,
        _("Saved. Readers see the new website in 24 hours.") if waits else _("Saved."),
    )
    return _back(desk)


@require_POST
@confirmed
@desk_page(Permission.CARD_PUBLISH)
def website(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a new website now, as a second coordinator."""
    try:
        confirm_website(desk.actor, organization=desk.organization)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The new website is shown."))
    return _back(desk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.ORGANIZATION_LOCK)
def lock(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Freeze the group: one page that says what ends, one button."""
    if request.method != "POST":
        return render(
            request, "frontend/desk/members/lock.html", {"desk": desk, "part": "settings"}
        )
    lock_organization(desk.actor, organization=desk.organization)
    messages.success(request, _("The group is locked down."))
    return SeeOther(reverse("desk:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.ORGANIZATION_READ)
def leave(request: HttpRequest, desk: Desk) -> HttpResponse:
    """End one's own membership."""
    context: dict[str, object] = {"desk": desk, "part": "settings"}
    template = "frontend/desk/members/leave.html"
    if request.method != "POST":
        return render(request, template, context)
    try:
        leave_organization(desk.actor)
    except ValidationError as error:
        context["refused"] = error.messages
        return render(request, template, context, status=UNPROCESSABLE)
    words = {"group": desk.organization.name}
    messages.success(request, _("You do not belong to %(group)s any more.") % words)
    return SeeOther(reverse("desk:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.ORGANIZATION_DELETE)
def delete(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let the group leave: one page that says what goes and until when it can be undone."""
    if request.method != "POST":
        return render(
            request, "frontend/desk/members/delete.html", {"desk": desk, "part": "settings"}
        )
    if delete_organization(desk.actor, organization=desk.organization) is not None:
        messages.success(
            request,
            _("Another owner must confirm this within 7 days. The owners were told by mail."),
        )
        return _back(desk)
    return SeeOther(reverse("desk:resting", args=[desk.organization.slug]))


@require_POST
@desk_page(Permission.ORGANIZATION_DELETE)
def handover(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Call a handover off, as an owner."""
    announced = handover_announced(desk.actor)
    if announced is not None:
        cancel_handover(desk.actor, handover=announced)
        messages.success(request, _("The handover was called off."))
    return _back(desk)


def _on_top_of(request: HttpRequest, version: int) -> dict[str, str]:
    """What was written, now on top of what somebody else has saved."""
    return {**request.POST.dict(), "base_version": str(version)}


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:settings", args=[desk.organization.slug]))
