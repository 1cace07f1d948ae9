"""Pages of a group's desk: who is there, for which group, and whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, wraps
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from frontend.desk.signed_in import SeeOther, signed_in, to_sign_in
from frontend.middleware.public import READING
from frontend.views.errors import not_found
from network.actions.support import note_support_view
from network.enums import Role
from network.models import Organization, Person, SupportSession
from network.permissions import (
    OF_ROLE,
    OF_SUPPORT,
    OwnedByOrganization,
    Permission,
    Refused,
    can,
    is_supporting,
    require,
)
from network.queries.memberships import (
    Standing,
    organization_of,
    resting_role_of,
    seat_of,
    standing_known,
)
from network.queries.support import support_session_of, supported_organization
from network.tenancy import Actor, Via, acting, member, steward


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at which desk, in which role.

    `support` is the session in which a steward looks at it, reading less than a member does.
    """

    person: Person
    organization: Organization
    role: Role
    actor: Actor
    support: SupportSession | None = None

    def can(self, permission: Permission, obj: OwnedByOrganization | None = None) -> bool:
        """Whether they may, asked of the one gate."""
        return can(self.actor, permission, obj)

    @property
    def carried(self) -> frozenset[Permission]:
        """What the role carries, or the look at a desk as a steward."""
        return OF_SUPPORT if self.support else OF_ROLE[self.role]

    @property
    def may(self) -> Mapping[str, bool]:
        """The same for templates, by name with a low line: `desk.may.program_edit`."""
        return may(self.carried)


@cache
def may(carried: frozenset[Permission]) -> Mapping[str, bool]:
    """Each permission by name with a low line, and whether these hold it."""
    return MappingProxyType({one.name.lower(): one in carried for one in Permission})


DeskView = Callable[..., HttpResponse]


def desk_page(permission: Permission) -> Callable[[DeskView], DeskView]:
    """`view(request, desk, ...)` for members whose role carries a permission.

    The address names the group. A foreign group and a missing one are the same 404; a member
    whose role does not carry it is told which roles do. The view runs in the scope of its actor,
    in one transaction where something is sent.
    """

    def decorate(view: DeskView) -> DeskView:
        @wraps(view)
        def page(request: HttpRequest, organization: str, **kwargs: Any) -> HttpResponse:
            person = signed_in(request)
            if person is None:
                return to_sign_in(request)
            found = seat_at(person, organization)
            if found is None:
                return not_found(request)
            group, standing = found
            actor = member(person.pk, group.pk)
            role = None if standing is None else standing.open_role
            support = _support(request, actor) if role is None else None
            if role is None and support is None:
                return _resting(request, actor, group)
            desk = Desk(person, group, role or Role.MEMBER, actor, support)
            try:
                with _scope(request, actor, standing):
                    require(actor, permission)
                    return view(request, desk, **kwargs)
            except (Http404, ObjectDoesNotExist):
                return not_found(request)
            except Refused as refused:
                return not_your_role(request, desk, refused.args[0] if refused.args else None)

        return page

    return decorate


def in_a_group(view: DeskView) -> DeskView:
    """`view(request, person, organization, ...)` for who is signed in, at a group of their own.

    The address names the group. A foreign group and a missing one are the same 404.
    """

    @wraps(view)
    def page(request: HttpRequest, organization: str, **kwargs: Any) -> HttpResponse:
        person = signed_in(request)
        if person is None:
            return to_sign_in(request)
        found = organization_at(person, organization)
        if found is None:
            return not_found(request)
        return view(request, person, found, **kwargs)

    return page


@contextmanager
def _scope(request: HttpRequest, actor: Actor, standing: Standing | None) -> Iterator[None]:
    """The scope of the actor; a page that is only read asks once how they stand, at its start."""
    is_reading = request.method in READING
    known = standing_known(actor, standing) if is_reading and standing else nullcontext()
    with acting(actor, is_reading=is_reading), known:
        yield


def seat_at(person: Person, slug: str) -> tuple[Organization, Standing | None] | None:
    """The organization with this slug and how the person stands there.

    Without a standing for a steward who may look at its desk; nothing for anybody else.
    """
    actor = Actor(via=Via.PAGE, person_id=person.pk)
    with acting(actor, is_reading=True):
        found = seat_of(actor, slug)
    if found is not None:
        return found
    supported = _supported(person, slug)
    return None if supported is None else (supported, None)


def organization_at(person: Person, slug: str) -> Organization | None:
    """The organization with this slug, where the person belongs to it."""
    actor = Actor(via=Via.PAGE, person_id=person.pk)
    with acting(actor, is_reading=True):
        found = organization_of(actor, slug)
    return _supported(person, slug) if found is None else found


def _supported(person: Person, slug: str) -> Organization | None:
    """The organization at whose desk the person may look as a steward."""
    if not person.is_steward:
        return None
    with acting(steward(person.pk), is_reading=True) as looking:
        return supported_organization(looking, slug)


def _support(request: HttpRequest, actor: Actor) -> SupportSession | None:
    """The session in which a steward may read this desk; each page is written into its log."""
    if request.method not in READING:
        return None
    with acting(actor):
        session = support_session_of(actor)
        if session is None or not is_supporting(actor):
            return None
        matched = request.resolver_match
        note_support_view(actor, page=matched.url_name or "" if matched else "")
    return session


def _resting(request: HttpRequest, actor: Actor, organization: Organization) -> HttpResponse:
    """The one page of a group that is locked down or leaving, for its owners."""
    with acting(actor, is_reading=True):
        is_owner = resting_role_of(actor) is Role.OWNER
    if not is_owner or request.method not in READING:
        return not_found(request)
    return SeeOther(reverse("desk:resting", args=[organization.slug]))


def not_your_role(request: HttpRequest, desk: Desk, permission: Any) -> HttpResponse:
    """403 in one's own group: which roles may do it."""
    roles = [role.label for role, carried in OF_ROLE.items() if permission in carried]
    return render(
        request,
        "frontend/desk/not_your_role.html",
        {"desk": desk, "roles": roles},
        status=HTTPStatus.FORBIDDEN,
    )
