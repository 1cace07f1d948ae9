"""Files of messages, handed out to whoever reads the message."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.desk.sent_files import attachment as as_attachment
from frontend.views.messages.page import Seat, messages_page
from messaging.queries.attachments import attachment_for
from network.permissions import Permission
from network.uploads.storage import ATTACHMENTS


@require_safe
@messages_page(Permission.MESSAGE_READ)
def attachment(
    request: HttpRequest, seat: Seat, conversation_id: UUID, attachment_id: UUID
) -> HttpResponse:
    """One file, to be kept; nothing in it runs.

    Raises:
        Http404: the disk has lost it.
    """
    found = attachment_for(
        seat.actor, conversation_id=conversation_id, attachment_id=attachment_id
    )
    content = ATTACHMENTS.read(found.file)
    if content is None:
        raise Http404
    return as_attachment(HttpResponse(content), found.media_type, found.name)
