"""What the document says of the log of a conversation."""

from api.v1.filters.conversations import EventParameters
from api.v1.operations.conversations import OF_ONE, READ, of_one
from api.v1.operations.described import answer
from api.v1.operations.tenant import id_parameter
from api.v1.schemas import attachments, conversations

LIST_EVENTS = of_one(
    "listEvents",
    "Read on",
    "The events after a number that you may see, in order and without a gap among them. Keep the "
    "last `seq` and ask for what comes `after` it. With `wait` the answer comes as soon as there "
    "is an event, or empty when the time is over; you are asked for your right to read anew each "
    "time it is looked, and a request that waits counts once. What is queued is not here. The "
    "`attachments` of a message are fetched each at its `url`.",
    scope=READ,
    method="GET",
    parameters=EventParameters,
    answers=[answer("ConversationEventList", conversations.EVENTS)],
)
SEND_EVENT = of_one(
    "sendEvent",
    "Say something",
    "A message, a topic, a reply (`thread_root`), an edit or a deletion of your own message "
    "(`target`), or a translation of anybody's message (`target`, with its `language`; the last "
    "of a handle in a language counts, at most 10 of a message): each is an event with a number. "
    "201 when it was added, 200 with the same answer "
    "when this `client_id` was sent before, 202 while the node that gives the numbers has not "
    "seen it. 409 with a `code` where the conversation cannot be written to. 429 where you write "
    "too fast, whatever the token. A message may bring `attachments`, and then needs no `body`; "
    "sent again, none is kept twice. The body may have 7 MiB here.",
    status=201,
    also=[200, 202],
    request=("NewEvent", conversations.MESSAGE),
    answers=[answer("SentEvent", conversations.SENT)],
)
GET_ATTACHMENT = of_one(
    "getAttachment",
    "Fetch a file of a message",
    "One file with its bytes in base64, as long as you see its message: 404 once that is deleted.",
    scope=READ,
    method="GET",
    path=[OF_ONE, id_parameter("attachment", "The file.")],
    answers=[answer("AttachmentWhole", attachments.ATTACHMENT_WHOLE)],
)
