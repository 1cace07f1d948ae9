"""Pages of messages: who is there, for which of their groups, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from frontend.desk.message_files import NO_FILES, SentFiles, sent_files
from frontend.desk.page import Desk, not_your_role
from frontend.desk.signed_in import SeeOther, signed_in, to_sign_in
from frontend.forms.messages.words import closed_words
from frontend.middleware.public import READING
from frontend.views.errors import not_found
from messaging.actions.rates import take_send
from messaging.errors import ConversationClosed
from messaging.models import Conversation
from messaging.queries.inbox import unread_totals
from messaging.queries.standing import participation_in
from network.actions.limits import Taken
from network.enums import Role
from network.models import Organization, Person
from network.permissions import OF_ROLE, Permission, Refused, require
from network.queries.memberships import organizations_of
from network.tenancy import Actor, Via, acting, member

Groups = list[tuple[Organization, Role]]
NAME = "as"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who reads and writes, for which group.

    `query` is what the addresses of these pages carry so that they stay with the group: nothing
    for who has only one. `taken` says whether the person writes too fast; where nothing is
    sent it is empty. `sent` are the files that came with it.
    """

    desk: Desk
    query: str
    taken: Taken | None = None
    sent: SentFiles = NO_FILES

    @property
    def actor(self) -> Actor:
        """In whose name everything is read and written."""
        return self.desk.actor

    def path(self, name: str, *arguments: object, mark: str = "", **query: str) -> str:
        """The address of one of these pages for the same group."""
        asked = dict(query)
        if self.query:
            asked[NAME] = self.desk.organization.slug
        tail = f"?{urlencode(asked)}" if asked else ""
        return reverse(f"messages:{name}", args=arguments) + tail + (mark and f"#{mark}")


View = Callable[..., HttpResponseBase]


def messages_page(
    permission: Permission, *, is_counted: bool = False, takes_files: bool = False
) -> Callable[[View], View]:
    """`view(request, seat, ...)` for members whose role carries a permission.

    They act for one group at a time: the one that `as` names, the only one they have messages in,
    or the only one that takes part in the conversation; else they choose. A foreign group and a
    missing one are the same 404. The view runs in the scope of its actor. With `is_counted` what
    is sent counts against `MESSAGE_RATE`, and `seat.taken` says whether it is too much. With
    `takes_files` what came along is looked at before, where it is not too much.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            person = signed_in(request)
            if person is None:
                return _signed_out(request)
            groups = _groups_of(person)
            found = _chosen(request, person, groups, kwargs.get("conversation_id"))
            if isinstance(found, HttpResponse):
                return found
            seat = _seat(person, groups, found)
            if is_counted and request.method not in READING:
                seat = replace(seat, taken=take_send(seat.actor))
            if takes_files and seat.taken is not None and seat.taken.allowed:
                sent = sent_files(request, seat.actor, kwargs["conversation_id"])
                seat = replace(seat, sent=sent)
            return _answer(request, seat, permission, view, kwargs)

        return page

    return decorate


def _answer(
    request: HttpRequest, seat: Seat, permission: Permission, view: View, kwargs: dict[str, Any]
) -> HttpResponseBase:
    """What the view answers in the scope of its actor, and what a refusal becomes."""
    try:
        with acting(seat.actor, is_reading=request.method in READING):
            require(seat.actor, permission)
            return view(request, seat, **kwargs)
    except (Http404, ObjectDoesNotExist):
        return not_found(request)
    except Refused as refused:
        return not_your_role(request, seat.desk, refused.args[0] if refused.args else None)
    except ConversationClosed as closed:
        messages.error(request, closed_words(closed))
        return SeeOther(seat.path("conversation", kwargs["conversation_id"]))


def _groups_of(person: Person) -> Groups:
    actor = Actor(via=Via.PAGE, person_id=person.pk)
    with acting(actor, is_reading=True):
        return organizations_of(actor)


def _seat(person: Person, groups: Groups, found: tuple[Organization, Role]) -> Seat:
    organization, role = found
    desk = Desk(person, organization, role, member(person.pk, organization.pk))
    return Seat(desk, f"?{urlencode({NAME: organization.slug})}" if len(groups) > 1 else "")


def _chosen(
    request: HttpRequest, person: Person, groups: Groups, conversation_id: UUID | None
) -> tuple[Organization, Role] | HttpResponse:
    """The group to act for and the role there, or the page that says why there is none."""
    asked = request.GET.get(NAME)
    if asked is not None:
        named = [one for one in groups if one[0].slug == asked]
        return named[0] if named else not_found(request)
    talking = [one for one in groups if Permission.MESSAGE_READ in OF_ROLE[one[1]]]
    if conversation_id is not None and len(talking) > 1:
        talking = [one for one in talking if _takes_part(person, one[0], conversation_id)]
        if not talking:
            return not_found(request)
    if len(talking) == 1:
        return talking[0]
    if not talking and len(groups) == 1:
        return groups[0]
    if request.method not in READING:
        return not_found(request)
    return _choice(request, person, talking)


def _takes_part(person: Person, organization: Organization, conversation_id: UUID) -> bool:
    actor = member(person.pk, organization.pk)
    with acting(actor, is_reading=True):
        try:
            participation_in(actor, conversation_id)
        except Conversation.DoesNotExist:
            return False
    return True


def _choice(request: HttpRequest, person: Person, groups: Groups) -> HttpResponse:
    """For which group somebody acts, with what waits in each; the rest of the address stays."""
    rows = []
    for organization, role in groups:
        actor = member(person.pk, organization.pk)
        with acting(actor, is_reading=True):
            unread, mentions = unread_totals(actor)
        query = request.GET.copy()
        query[NAME] = organization.slug
        address = f"{request.path}?{query.urlencode()}"
        rows.append((organization, role, address, unread, mentions))
    return render(request, "frontend/messages/choose.html", {"rows": rows})


def _signed_out(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in; what somebody wrote before it ended is shown, and can be sent on."""
    text = request.POST.get("body", "")
    if request.method in READING or not text.strip():
        return to_sign_in(request)
    kept = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "body")
    ]
    context = {
        "text": text,
        "kept": kept,
        "here": request.get_full_path(),
        "has_files": bool(request.FILES),
    }
    return render(
        request, "frontend/messages/signed_out.html", context, status=HTTPStatus.FORBIDDEN
    )
