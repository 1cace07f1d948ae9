"""Beginning a conversation: with a group, with people, with one person that one met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.models import OrganizationCard
from directory.queries.vouches import cards_to_ask
from frontend.desk.signed_in import SeeOther
from frontend.forms.messages.writing import ChannelForm, GroupForm, MessageForm, handle_pairs
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.people import colleagues_to_invite, met_words, people_met
from frontend.views.messages.shown import send_form, too_fast, with_time
from messaging.actions.opening import open_channel, open_direct, open_group
from messaging.enums import ConversationState
from messaging.models import Conversation
from messaging.queries.met import handles_met
from network.permissions import Permission

METHODS = ["GET", "HEAD", "POST"]
LONGEST_SEARCH = 100


@require_http_methods(METHODS)
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A first message to a group, named by `organization`; where none is, groups to choose."""
    slug = request.GET.get("organization", "")
    if not slug:
        return _choose(request, seat)
    card = _card(seat, slug)
    form = ChannelForm(**send_form(seat, request.POST or None))

    def open_it() -> Conversation:
        values = form.cleaned_data
        return open_channel(
            seat.actor,
            organizations=[slug],
            topic=values["topic"],
            body=values["body"],
            language=values["language"],
            client_id=form.send_id,
        )

    context = {"card": card, "readers": [card.name], "template": "new.html"}
    return _opened(request, seat, form, open_it, context)


@require_http_methods(METHODS)
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def new_group(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A conversation of people, invited one by one."""
    people, met = colleagues_to_invite(seat), people_met(seat)
    form = GroupForm(**send_form(seat, request.POST or None, people=people, met=met))

    def open_it() -> Conversation:
        values = form.cleaned_data
        return open_group(
            seat.actor,
            topic=values["topic"],
            members=values.get("members", []),
            handles=handle_pairs(values.get("handles", [])),
            body=values["body"],
            language=values["language"],
            client_id=form.send_id,
        )

    is_alone = not people and not met
    context = {"is_alone": is_alone, "readers": [], "template": "new_group.html"}
    return _opened(request, seat, form, open_it, context)


@require_http_methods(METHODS)
@messages_page(Permission.MESSAGE_WRITE, is_counted=True)
def new_direct(
    request: HttpRequest, seat: Seat, conversation_id: UUID, handle_id: UUID
) -> HttpResponse:
    """A first message to one person that one met; they accept it, or refuse without a word."""
    found = handles_met(seat.actor).filter(conversation_id=conversation_id, pk=handle_id).first()
    if found is None:
        raise Http404
    form = MessageForm(**send_form(seat, request.POST or None))

    def open_it() -> Conversation:
        return open_direct(
            seat.actor,
            handle=(conversation_id, handle_id),
            body=form.cleaned_data["body"],
            language=form.cleaned_data["language"],
            client_id=form.send_id,
        )

    context = {
        "who": met_words(found),
        "handle": found,
        "readers": [found.party.name],
        "template": "new_direct.html",
    }
    return _opened(request, seat, form, open_it, context)


def _opened(
    request: HttpRequest,
    seat: Seat,
    form: MessageForm,
    open_it: Callable[[], Conversation],
    context: dict[str, Any],
) -> HttpResponse:
    """To the conversation that was opened, or the form with what is wrong."""
    is_too_fast = request.method == "POST" and too_fast(seat, form)
    if request.method == "POST" and form.is_valid() and not is_too_fast:
        try:
            found = open_it()
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            if found.state == ConversationState.REQUESTED:
                messages.success(request, _("Sent. You can write more once they accept."))
            return SeeOther(seat.path("conversation", found.pk))
    own = seat.desk.organization.name
    readers = {"organizations": [own, *context.pop("readers")]}
    template = f"frontend/messages/{context.pop('template')}"
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    answer = render(
        request, template, {**of(seat), "form": form, "readers": readers, **context}, status=status
    )
    if is_too_fast and seat.taken is not None:
        return with_time(answer, seat.taken.reset_seconds)
    return answer


def _choose(request: HttpRequest, seat: Seat) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {**of(seat), "words": words, "cards": cards_to_ask(seat.actor, words)}
    return render(request, "frontend/messages/choose_group.html", context)


def _card(seat: Seat, slug: str) -> OrganizationCard:
    """The public card of a verified group of this node, that is not one's own.

    Raises:
        Http404: there is none.
    """
    cards = OrganizationCard.objects.filter(
        slug=slug, origin=None, verified_since__isnull=False
    ).exclude(pk=seat.actor.acted_for)
    found = cards.first()
    if found is None:
        raise Http404
    return found
