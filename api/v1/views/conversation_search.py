"""Conversations searched, and taken along."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from api.streams import handed_out
from api.v1.filters.conversations import FoundParameters
from api.v1.filters.paging import cursor_in, page_size
from api.v1.operations import conversation_search as told
from api.v1.operations.described import JSONL
from api.v1.serializers.conversations import found_document
from api.v1.serializers.exports import jsonl_parts
from api.v1.views.conversing import READ, ConversationView
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order, moment
from messaging.actions.exporting import begin_export
from messaging.finding import asked_words
from messaging.queries.events import as_they_stand
from messaging.queries.exporting import export_rows
from messaging.queries.search import messages_with

NEWEST = Order("messages found", ("created_at", "id"), moment, UUID, is_descending=True)


class FoundMessages(ConversationView):
    """Messages that hold some words."""

    permissions = {"GET": READ}
    parameters = FoundParameters

    @told.SEARCH_CONVERSATIONS
    def get(self, request: Request) -> HttpResponse:
        """A page of them, the newest first."""
        values = self.asked()
        asked = asked_words(values["q"])
        found = messages_with(self.actor, asked, conversation_id=values.get("conversation"))
        page = page_in_order(found.rows, NEWEST, cursor_in(values, NEWEST), page_size(values))
        rows = [found_document(one) for one in as_they_stand(self.actor, page.rows)]
        return self.page(rows, (page.previous, page.next), too_many=found.is_too_many)


class ExportConversation(ConversationView):
    """One conversation as a file."""

    permissions = {"GET": READ}

    @told.EXPORT_CONVERSATION
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Its log, line by line.

        Raises:
            Conversation.DoesNotExist: missing, or the person has no part in it; 404.
            Throttled: too many long answers are under way; 429.
        """
        found = begin_export(self.actor, conversation_id=pk)
        return handed_out(
            self.request._request,  # noqa: SLF001 - the framework's own way to what it wraps
            jsonl_parts(export_rows(self.actor, found)),
            content_type=JSONL,
            filename=f"conversation-{pk}.jsonl",
        )
