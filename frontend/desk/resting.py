"""Pages for the owners of a group that is locked down or about to leave: nothing else is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from frontend.desk.page import Desk, in_a_group
from frontend.middleware.public import READING
from frontend.views.errors import not_found
from network.enums import Role
from network.models import Organization, Person
from network.permissions import Refused
from network.queries.memberships import resting_role_of
from network.tenancy import acting, member


def resting_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view(request, desk, ...)` for an owner of a group that rests; 404 for everybody else."""

    @in_a_group
    @wraps(view)
    def page(
        request: HttpRequest, person: Person, found: Organization, **kwargs: Any
    ) -> HttpResponse:
        actor = member(person.pk, found.pk)
        try:
            with acting(actor, is_reading=request.method in READING):
                if resting_role_of(actor) is not Role.OWNER:
                    return not_found(request)
                return view(request, Desk(person, found, Role.OWNER, actor), **kwargs)
        except (Http404, ObjectDoesNotExist, Refused):
            return not_found(request)

    return page
