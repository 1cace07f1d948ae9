"""What the document says of conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import conversations
from network.enums import Scope

CONVERSATIONS = "Conversations"
READ, WRITE = Scope.MESSAGES_READ, Scope.MESSAGES_WRITE
OF_ONE = id_parameter("id", "The conversation.")
ONE = [answer("Conversation", conversations.ONE)]
F = TypeVar("F", bound=Callable[..., Any])


def of_one(operation_id: str, summary: str, about: str, **more: Any) -> Callable[[F], F]:
    """An operation on one conversation: a POST that answers with it, unless `more` says else."""
    values = {
        "scope": WRITE,
        "method": "POST",
        "answers": ONE,
        "path": [OF_ONE],
        "is_tenant": False,
        "others": [403, 404],
        **more,
    }
    return opened(operation_id, CONVERSATIONS, summary, about, **values)


LIST_CONVERSATIONS = opened(
    "listConversations",
    CONVERSATIONS,
    "List your conversations",
    "Those of the token's person for the token's organization, the one with the newest event "
    "first. Requests are among them, and what you have left, up to where you left.",
    scope=READ,
    parameters=PageParameters,
    answers=[answer("ConversationPage", conversations.PAGE)],
    is_list=True,
    is_tenant=False,
    others=[403],
)
OPEN_CONVERSATION = opened(
    "openConversation",
    CONVERSATIONS,
    "Open a conversation",
    "A `channel` names organizations: all active organizers of each take part. One that yours "
    "never spoke with is asked: it reads `body`, of at most 1,000 characters, and nothing else "
    "before it accepts. A `group` names people, who are invited; `direct` names one, who reads "
    "`body` and accepts or not. Nobody is told of a refusal. Sent again with the same `client_id` "
    "it is 200 and nothing is opened twice. Counts as a message sent.",
    scope=WRITE,
    method="POST",
    status=201,
    also=[200],
    request=("NewConversation", conversations.NEW),
    answers=ONE,
    is_tenant=False,
    others=[403],
)
GET_CONVERSATION = of_one(
    "getConversation", "Get a conversation", "How it stands for you.", scope=READ, method="GET"
)
READ_CONVERSATION = of_one(
    "readConversation",
    "Mark as read",
    "Up to a number, on all your devices. It never goes back, and nobody else learns of it.",
    request=("ReadMark", {"seq": 7}),
    answers=[answer("ReadUpTo", {"read_seq": 7})],
)
MUTE_CONVERSATION = of_one(
    "muteConversation",
    "Mute a conversation",
    "Let it count and tell nothing, or let it again.",
    request=("MutedMark", {"muted": True}),
)
ACCEPT_CONVERSATION = of_one(
    "acceptConversation",
    "Accept a request",
    "Take part, with all organizers of your organization where it was asked. Twice is once.",
)
REFUSE_CONVERSATION = of_one(
    "refuseConversation",
    "Refuse a request",
    "Nobody who asked is told. Twice is once; what was not asked is 404.",
)
BLOCK_CONVERSATION = of_one(
    "blockConversation",
    "Block an organization",
    "Hear nothing more from the organization that asked, or with which yours talks alone here; "
    "400 where several take part. It is not told. `blocks/` of your organization lists them.",
)
LEAVE_CONVERSATION = of_one(
    "leaveConversation",
    "Leave a conversation",
    "You alone; what you could read until now stays readable. Twice is once.",
)
END_PARTY = of_one(
    "endConversation",
    "Leave with your organization",
    "Your whole organization leaves a channel. For coordinators and owners. Twice is once.",
)
RENAME_CONVERSATION = of_one(
    "renameConversation",
    "Change the topic",
    "For the organization that opened it; 403 for others.",
    request=("TopicChange", {"topic": "Visits in summer"}),
)
NAME_IN_CONVERSATION = of_one(
    "showNameInConversation",
    "Show a name",
    "Beside your handle, in this conversation only. Its log keeps that you did.",
    request=("ShownName", {"name": "Amara"}),
)
RETAIN_CONVERSATION = of_one(
    "retainConversation",
    "Say how long messages are kept",
    "The shortest wish of all organizations counts. For coordinators and owners.",
    request=("RetentionWish", {"days": 30}),
)
