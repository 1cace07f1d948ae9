"""Files of messages, for whoever reads the message."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.v1.operations import conversation_events as told
from api.v1.serializers.conversations import attachment_document
from api.v1.views.conversing import READ, ConversationView
from messaging.queries.attachments import attachment_for
from network.uploads.storage import ATTACHMENTS


class ConversationAttachment(ConversationView):
    """One file of a message."""

    permissions = {"GET": READ}

    @told.GET_ATTACHMENT
    def get(self, request: Request, pk: UUID, attachment: UUID) -> HttpResponse:
        """Its bytes, too.

        Raises:
            Attachment.DoesNotExist: missing, or its message is deleted or not seen; 404.
            Http404: the disk has lost it.
        """
        found = attachment_for(self.actor, conversation_id=pk, attachment_id=attachment)
        content = ATTACHMENTS.read(found.file)
        if content is None:
            raise Http404
        return self.answer(attachment_document(found, content))
