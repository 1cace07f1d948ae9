"""Conversations of a person for one organization: listed, opened, answered, left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations import conversations as told
from api.v1.serializers.conversations import conversation_document
from api.v1.shell.conversations import (
    DaysInput,
    MutedInput,
    NameInput,
    NewConversationInput,
    ReadInput,
    TopicInput,
)
from api.v1.views.conversing import MANAGE, MARK, READ, WRITE, ConversationView
from directory.queries.cursor import page_from, part_beyond
from directory.queries.orders import Order, moment
from messaging.actions.answering import accept, block, refuse
from messaging.actions.leaving import leave_conversation, show_name
from messaging.actions.making import was_opened
from messaging.actions.opening import open_channel, open_direct, open_group
from messaging.actions.parties import end_party, rename_conversation, set_retention
from messaging.actions.reading import mark_read, mute
from messaging.enums import ConversationKind
from messaging.models import Conversation
from messaging.queries.inbox import inbox_page, inbox_parts, inbox_rows

NEWEST = Order("conversations", ("moment", "conversation_id"), moment, UUID, is_descending=True)


class Conversations(ConversationView):
    """All of them, requests included; opening one."""

    permissions = {"GET": READ, "POST": WRITE}
    parameters = PageParameters
    adds_events = True

    @told.LIST_CONVERSATIONS
    def get(self, request: Request) -> HttpResponse:
        """A page of them, the one with the newest event first."""
        values = self.asked()
        cursor, size = cursor_in(values, NEWEST), page_size(values)
        nearest = part_beyond(inbox_parts(self.actor), NEWEST, cursor)[: size + 1]
        page = page_from(inbox_page(nearest), NEWEST, cursor, size)
        rows = [conversation_document(one) for one in inbox_rows(page.rows)]
        return self.page(rows, (page.previous, page.next))

    @told.OPEN_CONVERSATION
    def post(self, request: Request) -> HttpResponse:
        """Open one, or find it opened.

        Raises:
            ValidationError: by field; 400.
        """
        values = self.input(NewConversationInput)
        is_repeat = was_opened(self.actor, values["client_id"])
        made = self._opened(values.pop("kind"), values)
        if is_repeat:
            return self.told(made.pk)
        where = reverse("api:conversation", args=[made.pk])
        return self.told(made.pk, status=201, location=where)

    def _opened(self, kind: str, values: dict[str, Any]) -> Conversation:
        if kind == ConversationKind.CHANNEL:
            return open_channel(self.actor, **values)
        if kind == ConversationKind.DIRECT:
            return open_direct(self.actor, **values)
        return open_group(self.actor, **values)


class OneConversation(ConversationView):
    """One of them."""

    permissions = {"GET": READ}

    @told.GET_CONVERSATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """How it stands."""
        return self.told(pk)


class ReadConversation(ConversationView):
    """How far one has read."""

    permissions = {"POST": MARK}

    @told.READ_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Up to where it is read now."""
        seq = self.input(ReadInput)["seq"]
        return self.answer({"read_seq": mark_read(self.actor, conversation_id=pk, seq=seq)})


class MuteConversation(ConversationView):
    """Whether it counts and tells anything."""

    permissions = {"POST": MARK}

    @told.MUTE_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The conversation, silent or not."""
        mute(self.actor, conversation_id=pk, is_muted=self.input(MutedInput)["muted"])
        return self.told(pk)


class AcceptConversation(ConversationView):
    """Saying yes."""

    permissions = {"POST": WRITE}

    @told.ACCEPT_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Take part."""
        accept(self.actor, conversation_id=pk)
        return self.told(pk)


class RefuseConversation(ConversationView):
    """Saying no, silently."""

    permissions = {"POST": WRITE}

    @told.REFUSE_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Let the request be over."""
        refuse(self.actor, conversation_id=pk)
        return self.told(pk)


class BlockConversation(ConversationView):
    """Hearing nothing more from the other organization."""

    permissions = {"POST": WRITE}

    @told.BLOCK_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Refuse or leave, and block."""
        block(self.actor, conversation_id=pk)
        return self.told(pk)


class LeaveConversation(ConversationView):
    """Taking part no more."""

    permissions = {"POST": MARK}

    @told.LEAVE_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Leave."""
        leave_conversation(self.actor, conversation_id=pk)
        return self.told(pk)


class EndParty(ConversationView):
    """The whole organization takes part no more."""

    permissions = {"POST": MANAGE}

    @told.END_PARTY
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Leave with all colleagues."""
        end_party(self.actor, conversation_id=pk)
        return self.told(pk)


class RenameConversation(ConversationView):
    """Calling it otherwise."""

    permissions = {"POST": WRITE}
    adds_events = True

    @told.RENAME_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The conversation by its new topic."""
        rename_conversation(self.actor, conversation_id=pk, **self.input(TopicInput))
        return self.told(pk)


class NameInConversation(ConversationView):
    """Showing a name beside one's handle."""

    permissions = {"POST": WRITE}
    adds_events = True

    @told.NAME_IN_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The conversation; the name stands in its log."""
        show_name(self.actor, conversation_id=pk, **self.input(NameInput))
        return self.told(pk)


class RetainConversation(ConversationView):
    """How long messages are kept."""

    permissions = {"POST": MANAGE}
    adds_events = True

    @told.RETAIN_CONVERSATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The conversation, with the shortest wish of all."""
        set_retention(self.actor, conversation_id=pk, **self.input(DaysInput))
        return self.told(pk)
