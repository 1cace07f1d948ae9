"""What the document says of searching conversations and taking them along."""

from api.v1.filters.conversations import FoundParameters
from api.v1.operations.conversations import CONVERSATIONS, READ, of_one
from api.v1.operations.described import JSONL, answer, joined
from api.v1.operations.tenant import opened
from api.v1.schemas import conversation_search as told
from api.v1.serializers.exports import jsonl_parts

SEARCH_CONVERSATIONS = opened(
    "searchConversations",
    CONVERSATIONS,
    "Search your messages",
    "The messages and topics that hold all words of `q` and that you may read now, the newest "
    "first; in conversations that you left or muted too. Deleted messages are not found, changed "
    "ones by what they say now. A word of three letters or more also finds what begins with it; "
    "eight words are looked at. Where each of them stands in more than 2,000 of your messages, "
    "`too_many` is true and nothing is looked through: add a word, or name one `conversation`.",
    scope=READ,
    parameters=FoundParameters,
    answers=[answer("FoundMessagePage", told.PAGE)],
    is_list=True,
    is_tenant=False,
    others=[403],
)
EXPORT_CONVERSATION = of_one(
    "exportConversation",
    "Take a conversation along",
    "Its log as you may read it, as lines of JSON in one piece: a head, each event in order, an "
    "end. A file without its end was cut off. Who said something is a number at an organization, "
    "and a name where one is shown; no person is named. The log of your organization says that "
    "you made it.",
    scope=READ,
    method="GET",
    answers=[answer("ConversationExport", joined(jsonl_parts([told.EXPORT])), JSONL)],
)
