"""What the document says of mails that say how many messages wait."""

from __future__ import annotations

from api.v1.operations.conversations import CONVERSATIONS, READ, WRITE
from api.v1.operations.described import answer
from api.v1.operations.tenant import opened
from api.v1.schemas import conversations

_MAILS = [answer("MessageMails", conversations.MAILS)]

GET_MAILS = opened(
    "getMessageMails",
    CONVERSATIONS,
    "When mails about messages come",
    "A mail says how many messages, mentions and requests wait, and nothing else. One choice for "
    "the person, over all their organizations.",
    scope=READ,
    answers=_MAILS,
    is_tenant=False,
    is_versioned=True,
    others=[403],
)
CHANGE_MAILS = opened(
    "changeMessageMails",
    CONVERSATIONS,
    "Choose when mails about messages come",
    "What is not sent stays as it is.",
    scope=WRITE,
    method="PATCH",
    request=("MessageMailsChange", {"digest": "weekly"}),
    answers=_MAILS,
    is_tenant=False,
    is_versioned=True,
    others=[403],
)
