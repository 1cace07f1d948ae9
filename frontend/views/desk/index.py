"""The way to a person's desks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontend.desk.signed_in import SeeOther, account_page
from network.models import Person
from network.queries.memberships import organizations_of, resting_organizations_of
from network.tenancy import Actor


@require_safe
@account_page
def index(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """The desk of a person's one group, or the choice between several."""
    found = organizations_of(actor)
    resting = resting_organizations_of(actor)
    if len(found) == 1 and not resting and not person.is_steward:
        organization, _role = found[0]
        return SeeOther(reverse("desk:overview", args=[organization.slug]))
    context = {"organizations": found, "resting": resting}
    return render(request, "frontend/desk/index.html", context)
