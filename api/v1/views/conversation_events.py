"""The log of a conversation: read on, waited for, added to."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as Unfit
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.filters.conversations import EVENTS, EventParameters
from api.v1.operations import conversation_events as told
from api.v1.serializers.conversations import event_document, sent_document
from api.v1.shell.bodies import body_of
from api.v1.shell.conversations import EventInput
from api.v1.shell.rates import Rate
from api.v1.shell.waiting import look_of
from api.v1.views.conversing import READ, WRITE, ConversationView
from api.v1.views.files import LARGEST
from messaging.actions.attaching import FIELD, NewFile, looked_at
from messaging.actions.sending import (
    Sent,
    delete_message,
    edit_message,
    send_message,
    translate_message,
)
from messaging.enums import EventKind, EventState
from messaging.queries.attachments import attachments_of
from messaging.queries.events import events_after
from messaging.queries.standing import participation_in
from network.tenancy import acting

ATTACHMENTS = "attachments"

# What speaks of another event.
_OF_TARGET: dict[EventKind, Callable[..., Sent]] = {
    EventKind.EDIT: edit_message,
    EventKind.DELETION: delete_message,
    EventKind.TRANSLATION: translate_message,
}


class ConversationEvents(ConversationView):
    """Events in order; saying something."""

    permissions = {"GET": READ, "POST": WRITE}
    parameters = EventParameters
    adds_events = True
    largest_body = LARGEST
    _files: tuple[NewFile, ...] = ()

    @told.LIST_EVENTS
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The events after a number; with `wait` as soon as there is one.

        Raises:
            Conversation.DoesNotExist: missing, or the person has no part in it; 404.
            Refusal: 429, the person waits for too much at once.
        """
        values = self.asked()
        part = participation_in(self.actor, pk)
        limit = values.get("limit") or EVENTS
        after = values.get("after") or 0
        events = events_after(self.actor, conversation_id=pk, after=after, limit=limit)
        look = look_of(self.request._request)  # noqa: SLF001 - the framework's own way to what it wraps
        if look is not None and not events and part.left_seq is None:
            # Read before the events were: what came in between is not missed.
            mark = (part.conversation.last_seq, part.conversation.membership_epoch)
            look.wait(self.actor.someone, values.get("wait") or 0, mark)
        with_files = [one.pk for one in events if one.data.get("files")]
        files = attachments_of(self.actor, with_files)
        told_of = [event_document(one, files.get(one.pk, ())) for one in events]
        return self.answer({"results": told_of})

    @told.SEND_EVENT
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Add something: 201, 200 where it was sent before, 202 while its home has not seen it.

        Raises:
            ConversationClosed: it cannot be written to; 409.
            ValidationError: by field; 400.
        """
        sent = self._sent(pk, self.input(EventInput))
        if sent.state == EventState.QUEUED:
            return self.answer(sent_document(sent), status=HTTPStatus.ACCEPTED)
        if sent.is_repeat:
            return self.answer(sent_document(sent))
        events = reverse("api:conversation_events", args=[pk])
        where = f"{events}?after={(sent.seq or 1) - 1}&limit=1"
        return self.answer(sent_document(sent), status=HTTPStatus.CREATED, location=where)

    def _admit(self, method: str) -> None:
        """Count what is to be sent, and look at its files: others wait once it has begun.

        Raises:
            Refusal: 403 as everywhere, before a file is looked at; 429.
            ValidationError: by field; 400.
        """
        super()._admit(method)
        body = body_of(self.request._request, self.largest_body) if method == "POST" else {}  # noqa: SLF001 - the framework's own way to what it wraps
        if not body.get(ATTACHMENTS):
            return
        with acting(self.actor, is_reading=True):
            self._check(method)
        sent = self.input(EventInput)[ATTACHMENTS]
        try:
            self._files = looked_at([(one["name"], one["file"]) for one in sent])
        except Unfit as error:
            raise ValidationError(_by_field(error)) from None

    def _sent(self, pk: UUID, values: dict[str, Any]) -> Sent:
        act = _OF_TARGET.get(values["kind"])
        if act is not None:
            del values["kind"]
            return act(self.actor, conversation_id=pk, **values)
        values.pop(ATTACHMENTS, None)
        try:
            return send_message(self.actor, conversation_id=pk, files=self._files, **values)
        except Unfit as error:
            raise ValidationError(_by_field(error)) from None

    def _counted(self, method: str) -> Rate:
        """Whoever waits has asked once, however often it is looked."""
        look = look_of(self.request._request)  # noqa: SLF001 - the framework's own way to what it wraps
        if look is None:
            return super()._counted(method)
        if look.rate is None:
            look.rate = super()._counted(method)
        rate: Rate = look.rate
        return rate


def _by_field(error: Unfit) -> dict[str, list[str]]:
    """What was refused, by the names of the API."""
    return {
        ATTACHMENTS if name == FIELD else name: words for name, words in error.message_dict.items()
    }
