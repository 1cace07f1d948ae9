"""Conversations: what they are, what is said in them, and who takes part."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.attachments import ATTACHMENT
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text, truth, whole
from api.v1.shell.conversations import (
    KINDS,
    MAX_LANGUAGE,
    MAX_ORGANIZATION,
    MAX_SEQ,
    SENT_KINDS,
)
from messaging.actions.asking import MAX_AT_ONCE
from messaging.actions.attaching import MOST
from messaging.enums import (
    RETENTION_DAYS,
    ConversationKind,
    DigestRhythm,
    EventKind,
    EventState,
    SeenState,
)
from messaging.validators import MAX_NAME, MAX_TOPIC

SEQ = whole(minimum=0, maximum=MAX_SEQ)
_CLIENT_ID = text(
    "An id of your own, a UUID. Sent again it adds nothing and is answered as before.",
    format="uuid",
)
_BODY = text("What is said, as plain text. `@slug` names a group, `@slug/2` its Organizer 2.")
LANGUAGE = text("The language of the text, BCP 47; empty where it is not known.", maxLength=12)
_NEW_LANGUAGE = {**LANGUAGE, "maxLength": MAX_LANGUAGE}
_HANDLE = text("The handle: who somebody is in this conversation, only here.", format="uuid")
_HOUR = {"minimum": 0, "maximum": 23}
_MAILS: dict[str, Schema] = {
    "digest": {
        **text("How often all that waits is told in one mail."),
        "enum": list(DigestRhythm.values),
    },
    "hour": whole("From which hour of your time zone a digest may come.", **_HOUR),
    "at_once": truth(
        "Whether messages to you alone, mentions and requests are told after ten unread minutes."
    ),
    "quiet_from": whole("From this hour no mail comes.", **_HOUR),
    "quiet_until": whole("Until this hour. The same as `quiet_from`: no quiet time.", **_HOUR),
}
_PARTY: dict[str, Schema] = {
    "slug": text("Its slug; empty where it is gone for good."),
    "name": text("Its name; empty where it is gone for good."),
}
_MEMBERS = array(
    text(format="uuid"), "People of your own organization, by person.", maxItems=MAX_AT_ONCE
)
_HANDLES = array(
    ref("HandleReference"), "People whom you met in a conversation.", maxItems=MAX_AT_ONCE
)


SCHEMAS: dict[str, Schema] = {
    "Conversation": closed(
        "A conversation as you see it.",
        {
            "id": common.UUID,
            "kind": ref("ConversationKind"),
            "topic": text("What it is about; empty between two people."),
            "state": ref("SeenState"),
            "incoming": truth("Whether you, or your organization, were asked: accept or refuse."),
            "home": text("The node that gives the numbers, by name; empty: this one."),
            "parties": array(
                closed(
                    "An organization that takes part, or was asked.",
                    {**_PARTY, "joined": truth("False while it has not answered.")},
                )
            ),
            "my_handle": or_null(
                {**_HANDLE, "description": "Your own handle; null before you first write."}
            ),
            "opened_by_us": truth("Whether your organization opened it."),
            "last_seq": {**SEQ, "description": "The newest number that you may see."},
            "floor_seq": {**SEQ, "description": "What is older than this is not kept any more."},
            "read_seq": {**SEQ, "description": "Up to where you have read."},
            "unread": whole(
                "Messages of others after that; 100 where there are more.", minimum=0, maximum=100
            ),
            "mentions": whole(
                "Those among them that name you; 100 where there are more.", minimum=0, maximum=100
            ),
            "muted": truth("Whether it counts and tells nothing."),
            "retention_days": whole("So many days messages are kept.", minimum=1),
            "updated_at": text("When something last happened in it.", format="date-time"),
        },
    ),
    "ConversationPage": common.page(
        "ConversationPage", "Conversation", "A page of conversations, the newest first."
    ),
    "HandleReference": closed(
        "A person whom you met in a conversation.",
        {"conversation": text("Where you met.", format="uuid"), "handle": _HANDLE},
    ),
    "NewConversation": closed(
        "A conversation to open.",
        {
            "kind": text(
                "`channel` between organizations, `group` of people who are invited one by one, "
                "`direct` with one person.",
                enum=[str(one) for one in KINDS],
            ),
            "topic": text("What it is about; not for `direct`.", maxLength=MAX_TOPIC),
            "organizations": array(
                text(minLength=1, maxLength=MAX_ORGANIZATION),
                "For `channel`: the slugs of the others.",
                maxItems=MAX_AT_ONCE,
            ),
            "members": {**_MEMBERS, "description": "For `group`: people of your organization."},
            "handles": {**_HANDLES, "description": "For `group`, and the one for `direct`."},
            "body": _BODY,
            "language": _NEW_LANGUAGE,
            "client_id": _CLIENT_ID,
        },
        optional=("topic", "organizations", "members", "handles", "body", "language"),
    ),
    "ConversationEvent": closed(
        "One entry of the log of a conversation.",
        {
            "id": common.UUID,
            "seq": or_null({**SEQ, "description": "Its number, from 1 without a gap."}),
            "state": ref("EventState"),
            "kind": ref("EventKind"),
            "handle": or_null({**_HANDLE, "description": "Who did it; null: nobody by name."}),
            "organization": text("The slug of their organization; empty without a handle."),
            "client_id": or_null(text("The id that its author gave it.", format="uuid")),
            "thread_root": or_null(text("The event that it answers.", format="uuid")),
            "target": or_null(
                text("The event that it changes, translates or deletes.", format="uuid"),
            ),
            "body": text("What was said; empty once it is deleted."),
            "language": LANGUAGE,
            "attachments": array(
                ref("Attachment"), "The files that came with it; none once it is deleted."
            ),
            "data": {
                "type": "object",
                "description": "Facts of a change in who takes part; `files`, how many came.",
            },
            "created_at": common.MOMENT,
        },
    ),
    "ConversationEventList": closed(
        "Events in order.", {"results": array(ref("ConversationEvent"))}
    ),
    "NewEvent": closed(
        "Something to add to a conversation.",
        {
            "client_id": _CLIENT_ID,
            "kind": text(
                "`message`, or `topic` that others reply to; `edit` of a message of your own; "
                "`translation` of a message of anybody; `deletion` of a message or translation "
                "of your own.",
                enum=[str(one) for one in SENT_KINDS],
            ),
            "body": _BODY,
            "language": _NEW_LANGUAGE,
            "thread_root": or_null(
                text("For `message`: the message or topic that it answers.", format="uuid")
            ),
            "target": text(
                "For `edit`, `translation` and `deletion`: which event.", format="uuid"
            ),
            "attachments": array(
                ref("NewAttachment"),
                "For `message`: files that come with it. They are decoded; pictures are written "
                "anew without place, date and device.",
                maxItems=MOST,
            ),
        },
        optional=("body", "language", "thread_root", "target", "attachments"),
    ),
    "SentEvent": closed(
        "What became of something that was sent.",
        {
            "id": common.UUID,
            "seq": or_null({**SEQ, "description": "Its number; null while it is queued."}),
            "state": ref("EventState"),
        },
    ),
    "ReadMark": closed("How far you have read.", {"seq": SEQ}),
    "ReadUpTo": closed(
        "How far you have read now.",
        {"read_seq": {**SEQ, "description": "It never goes back, and not beyond the end."}},
    ),
    "MutedMark": closed("Whether to be left in peace.", {"muted": truth()}),
    "MessageMails": closed("When mails come that say how many messages wait.", _MAILS),
    "MessageMailsChange": closed(
        "What is to be otherwise; the rest stays.", _MAILS, optional=tuple(_MAILS)
    ),
    "TopicChange": closed("A new topic.", {"topic": text(minLength=1, maxLength=MAX_TOPIC)}),
    "ShownName": closed(
        "A name to show beside your handle.",
        {"name": text("Empty: none any more.", maxLength=MAX_NAME)},
    ),
    "RetentionWish": closed(
        "How long your organization wants messages kept.",
        {"days": {"type": "integer", "enum": list(RETENTION_DAYS)}},
    ),
    "Participants": closed(
        "Who takes part, and who can read.",
        {
            "results": array(
                closed(
                    "A participant. Who only reads in a channel has no handle and is not told.",
                    {
                        "handle": _HANDLE,
                        "number": whole("Organizer 2 of their organization.", minimum=1),
                        "organization": closed("Their organization.", _PARTY),
                        "name": text("The name that they chose to show here; often empty."),
                        "me": truth("Whether it is you."),
                        "left": truth("Whether they take part no more."),
                        "person": or_null(
                            closed(
                                "A colleague.",
                                {"id": common.UUID, "name": text("The name colleagues see.")},
                            ),
                            "Null for everybody of another organization.",
                        ),
                    },
                )
            ),
            "readers": or_null(
                closed(
                    "Who can read what you write now.",
                    {
                        "organizations": array(text(), "The organizations, by name."),
                        "nodes": array(text(), "The nodes whose operators can, by name."),
                    },
                ),
                "Null where you take part no more.",
            ),
        },
    ),
    "People": closed(
        "Whom to invite into a group.",
        {"members": _MEMBERS, "handles": _HANDLES},
        optional=("members", "handles"),
    ),
    "PartyAsk": closed(
        "Which organization to bring in.",
        {"organization": text("Its slug.", minLength=1, maxLength=MAX_ORGANIZATION)},
    ),
    "Block": closed(
        "An organization of which yours hears nothing.",
        {
            "id": text("The organization.", format="uuid"),
            "name": text("Its name when it was blocked."),
            "created_at": common.MOMENT,
        },
    ),
    "BlockPage": common.page("BlockPage", "Block", "A page of blocks, the newest first."),
    "FirstContacts": closed(
        "Whether organizations that never spoke with yours may ask to.",
        {"takes_requests": truth()},
    ),
}

ID = "2b1c8a9e-5a0d-4a44-9d0e-7c1f5e2a3b44"
EVENT_ID = "9e2d7c41-0b5f-4c8a-8f3e-1a2b3c4d5e66"
HANDLE = "4c3b2a19-8d7e-4f60-9a51-6b7c8d9e0f77"
CLIENT_ID = "1f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2988"
ONE: dict[str, Any] = {
    "id": ID,
    "kind": str(ConversationKind.CHANNEL),
    "topic": "Visits in spring",
    "state": str(SeenState.OPEN),
    "incoming": False,
    "home": "",
    "parties": [
        {"slug": "harbour-visitors", "name": "Harbour Visitors", "joined": True},
        {"slug": "visiteurs-du-port", "name": "Visiteurs du port", "joined": True},
    ],
    "my_handle": HANDLE,
    "opened_by_us": True,
    "last_seq": 7,
    "floor_seq": 0,
    "read_seq": 6,
    "unread": 1,
    "mentions": 0,
    "muted": False,
    "retention_days": 90,
    "updated_at": common.WHEN,
}
PAGE: dict[str, Any] = {"next": None, "previous": None, "results": [ONE]}
NEW: dict[str, Any] = {
    "kind": "channel",
    "topic": "Visits in spring",
    "organizations": ["river-visitors"],
    "body": "May we talk about visits in spring?",
    "language": "en",
    "client_id": CLIENT_ID,
}
EVENT: dict[str, Any] = {
    "id": EVENT_ID,
    "seq": 7,
    "state": str(EventState.COMMITTED),
    "kind": str(EventKind.MESSAGE),
    "handle": HANDLE,
    "organization": "harbour-visitors",
    "client_id": CLIENT_ID,
    "thread_root": None,
    "target": None,
    "body": "We visit on Tuesdays.",
    "language": "en",
    "attachments": [ATTACHMENT],
    "data": {"files": 1},
    "created_at": common.WHEN,
}
EVENTS: dict[str, Any] = {"results": [EVENT]}
MESSAGE: dict[str, Any] = {
    "client_id": CLIENT_ID,
    "kind": "message",
    "body": "We visit on Tuesdays.",
    "language": "en",
}
SENT: dict[str, Any] = {"id": EVENT_ID, "seq": 7, "state": str(EventState.COMMITTED)}
PARTICIPANTS: dict[str, Any] = {
    "results": [
        {
            "handle": HANDLE,
            "number": 1,
            "organization": {"slug": "harbour-visitors", "name": "Harbour Visitors"},
            "name": "",
            "me": True,
            "left": False,
            "person": {"id": "7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33", "name": "Amara"},
        }
    ],
    "readers": {
        "organizations": ["Harbour Visitors", "Visiteurs du port"],
        "nodes": ["node.example.org"],
    },
}
PEOPLE: dict[str, Any] = {"members": ["7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33"]}
BLOCK: dict[str, Any] = {
    "id": common.ORGANIZATION_ID,
    "name": "Harbour Visitors",
    "created_at": common.WHEN,
}
BLOCKS: dict[str, Any] = {"next": None, "previous": None, "results": [BLOCK]}
MAILS: dict[str, Any] = {
    "digest": "daily",
    "hour": 8,
    "at_once": True,
    "quiet_from": 21,
    "quiet_until": 8,
}
