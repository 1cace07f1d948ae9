"""What the messenger says when something cannot be done."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from messaging.errors import ConversationClosed


def closed_words(closed: ConversationClosed) -> str:
    """Why nothing can be written to a conversation now."""
    return {
        "left": _("You take part in this conversation no more. You can still read what was said."),
        "requested": _("They have your first message. You can write more once they accept."),
        "unanswered": _("Accept first. Then you can write."),
        "target": _("This message is not there any more, or is not yours."),
    }[closed.code]


def too_fast_words(seconds: int) -> str:
    """When somebody who sent too much may send again."""
    return ngettext(
        "You have sent a lot in a short time. Your text is still here: send it again in %(number)d"
        " second.",
        "You have sent a lot in a short time. Your text is still here: send it again in %(number)d"
        " seconds.",
        seconds,
    ) % {"number": seconds}
