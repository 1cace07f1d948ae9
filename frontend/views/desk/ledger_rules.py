"""Rules for a visit that a group writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.stating import (
    add_visiting_rule,
    confirm_visiting_rule,
    edit_visiting_rule,
    withdraw_visiting_rule,
)
from directory.actions.stating.authors import speaking_organization
from directory.actions.stating.rule_values import FIELDS, checked_rule
from directory.models import Facility, VisitingRule
from directory.queries.stated import rules_of
from frontend.answers import missing_of
from frontend.desk.page import Desk, desk_page
from frontend.desk.steps import Steps
from frontend.forms.desk.ledger import RuleForm
from frontend.views.desk.ledger import place_at
from frontend.views.desk.ledger_claims import FORM_METHODS, to_place
from network.permissions import Permission


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def rule(
    request: HttpRequest, desk: Desk, facility: str, rule_id: UUID | None = None
) -> HttpResponse:
    """The form for the rules for one kind of visitor, new or the group's own."""
    place = place_at(facility)
    present = rules_of(desk.actor).get(pk=rule_id, facility=place) if rule_id else None

    def send(form: RuleForm) -> HttpResponse:
        values, looked = form.values(), form.has_looked
        if present is None:
            add_visiting_rule(desk.actor, facility=place, values=values, has_looked=looked)
        else:
            version = form.cleaned_data["version"] or 0
            edit_visiting_rule(
                desk.actor, rule=present, values=values, version=version, has_looked=looked
            )
        messages.success(request, _("This is public now, in the name of your group."))
        return to_place(desk, place)

    def make(*args: Any, **kwargs: Any) -> RuleForm:
        kwargs.setdefault("initial", _initial_of(present))
        return RuleForm(*args, **kwargs)

    context = {"desk": desk, "part": "places", "place": place, "present": present}
    context["authors"] = {desk.organization.slug: desk.organization.name}
    template = "frontend/desk/ledger/rule.html"
    return Steps(
        request, template, context, make, lambda form: _look(desk, place, form), send
    ).answer()


@require_POST
@desk_page(Permission.LEDGER_WRITE)
def confirm(request: HttpRequest, desk: Desk, facility: str, rule_id: UUID) -> HttpResponse:
    """The rules still hold: today is their day."""
    place = place_at(facility)
    confirm_visiting_rule(desk.actor, rule=rules_of(desk.actor).get(pk=rule_id, facility=place))
    messages.success(request, _("Confirmed. Readers see that it held today."))
    return to_place(desk, place)


@require_http_methods(FORM_METHODS)
@desk_page(Permission.LEDGER_WRITE)
def withdraw(request: HttpRequest, desk: Desk, facility: str, rule_id: UUID) -> HttpResponse:
    """Asks once, then takes the group's rules away."""
    place = place_at(facility)
    present = rules_of(desk.actor).filter(pk=rule_id, facility=place).first()
    if request.method == "POST":
        if present is not None:
            withdraw_visiting_rule(desk.actor, rule=present)
        messages.success(request, _("Taken back. What others say is shown."))
        return to_place(desk, place)
    context = {"desk": desk, "part": "places", "place": place, "rule": present}
    return render(request, "frontend/desk/ledger/withdraw_rule.html", context)


def _look(desk: Desk, place: Facility, form: RuleForm) -> dict[str, Any]:
    """The rule as the place's page will show it."""
    speaking_organization(desk.actor)
    said = checked_rule(form.values(), has_looked=form.has_looked)
    look = VisitingRule(
        facility=place,
        facility_name=place.name,
        author=desk.organization.slug,
        confirmed_on=timezone.localdate(),
        **said,
    )
    return {"rule": look, "missing": missing_of(look)}


def _initial_of(present: VisitingRule | None) -> dict[str, Any]:
    """What the form begins with."""
    if present is None:
        return {}
    said = {name: getattr(present, name) for name in FIELDS}
    said["items_barred"] = "\n".join(present.items_barred)
    del said["as_of"]
    return {**said, "version": present.version}
