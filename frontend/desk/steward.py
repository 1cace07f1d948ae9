"""Pages of the stewards of this node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from frontend.desk.signed_in import signed_in, to_sign_in
from frontend.middleware.public import READING
from frontend.views.errors import not_found
from network.models import Person
from network.permissions import Permission, Refused, can, require
from network.tenancy import Actor, acting, steward


@dataclass(frozen=True, slots=True)
class Stewarding:
    """Who looks after this node, and as which actor."""

    person: Person
    actor: Actor


StewardView = Callable[..., HttpResponse]


def steward_page(permission: Permission) -> Callable[[StewardView], StewardView]:
    """`view(request, stewarding, ...)` for the stewards of this node.

    Everybody else who is signed in gets the same 404 as for what is missing. A steward without a
    second step, a week after the account was made, is asked for one. The view runs in the scope of
    the steward, in one transaction where something is sent.
    """

    def decorate(view: StewardView) -> StewardView:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            person = signed_in(request)
            if person is None:
                return to_sign_in(request)
            if not person.is_steward:
                return not_found(request)
            actor = steward(person.pk)
            with acting(actor, is_reading=True):
                is_allowed = can(actor, permission)
            if not is_allowed:
                return _second_step_wanted(request, person)
            try:
                with acting(actor, is_reading=request.method in READING):
                    require(actor, permission)
                    return view(request, Stewarding(person, actor), **kwargs)
            except (Http404, ObjectDoesNotExist, Refused):
                return not_found(request)

        return page

    return decorate


def _second_step_wanted(request: HttpRequest, person: Person) -> HttpResponse:
    """403 for a steward who signs in with a password alone; 404 where that is not the reason."""
    if person.second_factor_since is not None:
        return not_found(request)
    return render(request, "frontend/steward/second_step.html", {}, status=HTTPStatus.FORBIDDEN)
