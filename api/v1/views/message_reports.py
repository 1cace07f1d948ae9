"""Telling the stewards of this node of messages."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.operations import message_reports as told
from api.v1.serializers.conversations import report_document
from api.v1.shell.confirming import looked_in
from api.v1.shell.message_reports import ReportInput
from api.v1.views.conversing import MARK, ConversationView
from messaging.actions.reporting import report_messages


class MessageReports(ConversationView):
    """Copying some messages for the stewards. Decisions are made on their pages alone."""

    permissions = {"POST": MARK}
    adds_events = True

    @told.REPORT_MESSAGES
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """202 with what the group sees of it: people decide, the same when it is sent again.

        Raises:
            Conversation.DoesNotExist: missing, or the person has no part in it; 404.
            Event.DoesNotExist: a message that the person may not read; 404.
            ValidationError: by field; 400.
        """
        values = self.input(ReportInput)
        looked = looked_in(values)
        report = report_messages(self.actor, conversation_id=pk, has_looked=looked, **values)
        return self.answer(report_document(report), status=HTTPStatus.ACCEPTED)
