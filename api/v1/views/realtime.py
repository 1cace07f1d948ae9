"""Tickets of the socket: by a token, or by the session of this site's own pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.request import Request

from api.problems import Refusal
from api.socket.origins import own_origins, socket_address
from api.socket.tickets import SECONDS, Ticket, new_ticket
from api.v1.operations.realtime import NEW_TICKET
from api.v1.shell.bearer import unauthenticated
from api.v1.shell.bodies import body_of
from api.v1.shell.realtime import TicketInput
from api.v1.views.conversing import READ, ConversationView
from messaging.queries.holding import Holder
from network.actions.limits import take
from network.permissions import Permission, can
from network.queries.memberships import seat_of
from network.sessions import SessionStore, hash_of
from network.tenancy import Actor, Via, acting, member

# A page asks once, and again each time its line breaks.
MOST = 120
WITHIN = 60


class _Form(CsrfViewMiddleware):
    """Says why a request is none of this site's forms, instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


class Tickets(ConversationView):
    """A ticket for who asks, and nothing kept of it."""

    permissions = {"POST": READ}

    @NEW_TICKET
    def post(self, request: Request) -> HttpResponse:
        """A ticket of the token's person.

        Raises:
            Http404: another organization is named than the token's.
        """
        slug = self.input(TicketInput).get("organization") or self.organization.slug
        if slug != self.organization.slug:
            raise Http404
        token = self.token
        return self._ticket(Holder(token.person_id, self.organization.pk, token_id=token.pk))

    def _answered(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        """By the session, where no token is shown."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if request.method != "POST" or not key or "Authorization" in request.headers:
            return super()._answered(request, kwargs)
        person = cast("Any", SessionStore(key)).holder
        if person is None:
            raise unauthenticated()
        # Before the form's token is looked for: that may read the body another way.
        body_of(request, self.largest_body)
        _require_form(request)
        _count(person.pk)
        slug = self.input(TicketInput).get("organization", "")
        with acting(Actor(Via.API, person_id=person.pk), is_reading=True) as actor:
            seat = seat_of(actor, slug)
        if seat is None:
            raise Http404
        self.actor = member(person.pk, seat[0].pk, via=Via.API)
        with acting(self.actor, is_reading=True):
            if not can(self.actor, Permission.MESSAGE_READ):
                raise self._role_refused(Permission.MESSAGE_READ)
        return self._ticket(Holder(person.pk, seat[0].pk, session=hash_of(key)))

    def _ticket(self, holder: Holder) -> HttpResponse:
        """The ticket, for the origin that asks where one is named.

        Raises:
            Refusal: 403, it is a page of another site.
        """
        host = self.request.get_host()
        origin = self.request.headers.get("Origin", "")
        if origin and origin not in own_origins(host):
            raise Refusal(HTTPStatus.FORBIDDEN, detail="No page of another origin may ask.")
        return self.answer(
            {
                "ticket": new_ticket(Ticket(holder, origin)),
                "expires_in": SECONDS,
                "ws_url": socket_address(host),
            }
        )


def _a_form(_request: HttpRequest) -> HttpResponse:
    """Stands for a page whose form is looked at: the view of the API itself is exempt."""
    return HttpResponse()


def _require_form(request: HttpRequest) -> None:
    """Pass where a page of this site asks, with the token of its forms.

    Raises:
        Refusal: 403, it does not.
    """
    check = _Form(_a_form)
    check.process_request(request)
    if check.process_view(request, _a_form, (), {}) is not None:
        raise Refusal(HTTPStatus.FORBIDDEN, detail="Send the token of this site's forms.")


def _count(person_id: UUID) -> None:
    """Count one ticket of a person.

    Raises:
        Refusal: 429, too many.
    """
    taken = take("api.ticket", str(person_id), MOST, WITHIN)
    if not taken.allowed:
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS,
            {"Retry-After": str(taken.reset_seconds)},
            detail=f"You may get {MOST} tickets a minute.",
        )
