"""The groups of this node, and what stewards do with one: suspend, hand over, ask to look."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.coalitions import change_kind
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.account.forms import PlainForm
from frontend.forms.steward import HandoverForm, KindForm, ReasonForm, SupportForm
from network.actions.handovers import hand_over_organization
from network.actions.support import ask_for_support, end_support
from network.actions.suspending import lift_suspension, suspend_organization
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization
from network.permissions import Permission, Refused
from network.queries.stewarding import (
    belongs_to,
    groups_for_stewards,
    members_for_stewards,
    ownerless,
)
from network.queries.support import support_asked_by
from network.tenancy import Purpose, acting, system

MOST = 500


@require_safe
@steward_page(Permission.ORGANIZATION_SUSPEND)
def groups(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """All groups by name; those without an owner who can sign in are marked."""
    found = list(groups_for_stewards(stewarding.actor)[:MOST])
    without = ownerless(stewarding.actor, [one.pk for one in found])
    context = {
        "part": "groups",
        "groups": [(one, one.pk in without) for one in found],
        "without": len(without),
        "person": stewarding.person,
    }
    return render(request, "frontend/steward/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.ORGANIZATION_SUSPEND)
def group(request: HttpRequest, stewarding: Stewarding, organization: str) -> HttpResponse:
    """One group: how it stands, and what can be decided on it."""
    found = groups_for_stewards(stewarding.actor).filter(slug=organization).get()
    forms = _forms(stewarding, found)
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in _ACTS:
        return _page(request, stewarding, found, forms)
    form = forms[act]
    if form is not None:
        form.data, form.is_bound = request.POST, True
        if not form.is_valid():
            return _page(request, stewarding, found, forms, form)
    try:
        _ACTS[act](request, stewarding, found, form or PlainForm())
    except Refused:
        return _page(request, stewarding, found, forms, None, HTTPStatus.FORBIDDEN)
    except ValidationError as error:
        if form is None:
            raise Http404 from error
        form.refuse(error)
        return _page(request, stewarding, found, forms, form)
    return SeeOther(reverse("steward:group", kwargs={"organization": found.slug}))


def _forms(stewarding: Stewarding, found: Organization) -> dict[str, PlainForm | None]:
    """The form of each act; none where it is a button."""
    members = [
        (str(one.membership_id), f"{one.name or _('Somebody')} ({one.role.label})")
        for one in members_for_stewards(stewarding.actor, found)
        if one.role is not Role.OWNER and one.is_active
    ]
    return {
        "suspend": ReasonForm(prefix="suspend"),
        "lift": None,
        "kind": KindForm(prefix="kind", initial={"kind": found.kind}),
        "support": SupportForm(prefix="support"),
        "end_support": None,
        "handover": HandoverForm(prefix="handover", members=members),
    }


def _suspend(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    suspend_organization(
        by.actor,
        organization=found,
        reason=form.cleaned_data["reason"],
        has_looked=form.has_looked,
    )
    messages.success(request, _("The group is suspended. Its members are told."))


def _lift(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    del form
    lift_suspension(by.actor, organization=found)
    messages.success(request, _("The suspension is lifted. Its members are told."))


def _kind(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    change_kind(by.actor, organization=found, kind=form.cleaned_data["kind"])
    messages.success(request, _("Saved."))


def _support(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    ask_for_support(by.actor, organization=found, **form.cleaned_data, has_looked=form.has_looked)
    messages.success(
        request, _("The owners are asked by mail. You see nothing before one agrees.")
    )


def _end(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    del form
    for session in support_asked_by(by.actor).filter(organization=found):
        end_support(by.actor, session=session)
    messages.success(request, _("It is ended."))


def _handover(request: HttpRequest, by: Stewarding, found: Organization, form: PlainForm) -> None:
    hand = system(Purpose.OPERATOR, via=by.actor.via, organization_id=found.pk)
    with acting(hand):
        membership = Membership.objects.select_related("organization", "person").get(
            pk=form.cleaned_data["membership"]
        )
        hand_over_organization(
            hand,
            membership=membership,
            reason=form.cleaned_data["reason"],
            decided_by=by.person,
            has_looked=form.has_looked,
        )
    messages.success(request, _("All members are told. It takes effect in 7 days."))


_ACTS: dict[str, Callable[[HttpRequest, Stewarding, Organization, PlainForm], None]] = {
    "suspend": _suspend,
    "lift": _lift,
    "kind": _kind,
    "support": _support,
    "end_support": _end,
    "handover": _handover,
}


def _page(
    request: HttpRequest,
    stewarding: Stewarding,
    found: Organization,
    forms: dict[str, PlainForm | None],
    wrong: PlainForm | None = None,
    status: int = 0,
) -> HttpResponse:
    actor = stewarding.actor
    context = {
        "part": "groups",
        "group": found,
        "is_suspended": found.status == OrganizationStatus.SUSPENDED,
        "is_ownerless": bool(ownerless(actor, [found.pk])),
        "is_conflict": belongs_to(actor, found.pk),
        "session": support_asked_by(actor).filter(organization=found).first(),
        "wrong": wrong,
        "person": stewarding.person,
        **{f"{name}_form": form for name, form in forms.items()},
    }
    status = status or (HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)
    return render(request, "frontend/steward/group.html", context, status=status)
