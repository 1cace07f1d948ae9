"""What the document says of who may speak to an organization."""

from api.v1.filters.paging import PageParameters
from api.v1.operations.conversations import CONVERSATIONS, READ, WRITE
from api.v1.operations.described import answer
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import conversations

_POLICY = [answer("FirstContacts", {"takes_requests": True})]

LIST_BLOCKS = opened(
    "listBlocks",
    CONVERSATIONS,
    "List blocked organizations",
    "Of these your organization hears nothing; they are not told.",
    scope=READ,
    parameters=PageParameters,
    answers=[answer("BlockPage", conversations.BLOCKS)],
    is_list=True,
)
UNBLOCK = opened(
    "unblockOrganization",
    CONVERSATIONS,
    "Take a block back",
    "What was refused stays refused. For coordinators and owners.",
    scope=WRITE,
    method="DELETE",
    path=[id_parameter("id", "The organization that is blocked.")],
)
GET_FIRST_CONTACTS = opened(
    "getFirstContacts",
    CONVERSATIONS,
    "See whether first contacts are taken",
    "Whether organizations that never spoke with yours may ask to.",
    scope=READ,
    answers=_POLICY,
)
SET_FIRST_CONTACTS = opened(
    "setFirstContacts",
    CONVERSATIONS,
    "Take first contacts or not",
    "For coordinators and owners.",
    scope=WRITE,
    method="POST",
    request=("FirstContacts", {"takes_requests": False}),
    answers=_POLICY,
)
