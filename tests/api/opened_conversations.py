"""Every operation on conversations, asked by Amara; what they are about is made by `spoken`."""

from __future__ import annotations

import uuid
from typing import Any

from api.v1.schemas import attachments, conversations, message_reports
from messaging.actions.answering import block
from messaging.models import Participant
from network.models import Organization
from network.tenancy import acting
from tests.cast import Cast
from tests.messaging.talking import (
    MESSENGER,
    accepts,
    ask,
    file_of,
    group,
    row_of,
    say,
    text_file,
    third,
)

ALL = "/api/v1/conversations/"
ONE = f"{ALL}{{conversation}}/"
GROUP = f"{ALL}{{group}}/"
MAILS = f"{ALL}notifications/"
TICKET = "/api/v1/realtime/ticket/"
FIRST = {"If-Match": '"1"'}
ASKED = f"{ALL}{{asked}}/"
OF_A = "/api/v1/organizations/harbour-visitors/"
MADE_UP = str(uuid.UUID(int=7))
MESSAGE = conversations.MESSAGE
WITH_FILE = {**MESSAGE, "attachments": [attachments.NEW_ATTACHMENT]}
REPORT: dict[str, Any] = {**message_reports.NEW, "messages": []}
NEW = {**conversations.NEW, "organizations": ["third-visitors"]}

# Path, method, status, body: as `Question` takes them.
OPENED: dict[str, list[tuple[Any, ...]]] = {
    "listConversations": [(ALL,), (f"{ALL}?page_size=1",)],
    "openConversation": [
        (ALL, "POST", 201, NEW),
        (ALL, "POST", 200, NEW),
        (ALL, "POST", 400, {"kind": "channel", "client_id": MADE_UP}),
        (ALL, "POST", 400, {**NEW, "client_id": MADE_UP, "members": [MADE_UP]}),
    ],
    "newTicket": [
        (TICKET, "POST", 200, {}),
        (TICKET, "POST", 200, {"organization": "harbour-visitors"}),
        (TICKET, "POST", 404, {"organization": "visiteurs-du-port"}),
        (TICKET, "POST", 400, {"organization": 1}),
    ],
    "getMessageMails": [(MAILS,)],
    "changeMessageMails": [
        (MAILS, "PATCH", 200, {"digest": "weekly", "hour": 6}, FIRST),
        (MAILS, "PATCH", 409, {"digest": "off"}, FIRST),
        (MAILS, "PATCH", 428, {"digest": "off"}),
        (MAILS, "PATCH", 400, {"hour": 24}, {"If-Match": '"2"'}),
    ],
    "getConversation": [(ONE,), (f"{ALL}{MADE_UP}/", "GET", 404)],
    "readConversation": [(f"{ONE}read/", "POST", 200, {"seq": 3})],
    "muteConversation": [(f"{ONE}mute/", "POST", 200, {"muted": True})],
    "acceptConversation": [(f"{ASKED}accept/", "POST"), (f"{ASKED}accept/", "POST")],
    "refuseConversation": [(f"{ASKED}refuse/", "POST"), (f"{ONE}refuse/", "POST", 404)],
    "blockConversation": [(f"{ASKED}block/", "POST"), (f"{GROUP}block/", "POST", 400)],
    "leaveConversation": [(f"{ONE}leave/", "POST"), (f"{ASKED}leave/", "POST", 409)],
    "endConversation": [(f"{ONE}end/", "POST"), (f"{GROUP}end/", "POST", 400)],
    "renameConversation": [(f"{ONE}rename/", "POST", 200, {"topic": "Summer"})],
    "showNameInConversation": [(f"{ONE}name/", "POST", 200, {"name": "Amara"})],
    "retainConversation": [
        (f"{ONE}retention/", "POST", 200, {"days": 30}),
        (f"{ONE}retention/", "POST", 400, {"days": 31}),
    ],
    "listEvents": [(f"{ONE}events/",), (f"{ONE}events/?after=2&limit=1&wait=0",)],
    "sendEvent": [
        (f"{ONE}events/", "POST", 201, MESSAGE),
        (f"{ONE}events/", "POST", 200, MESSAGE),
        (f"{ONE}events/", "POST", 400, {**MESSAGE, "body": ""}),
        (f"{ONE}events/", "POST", 201, {**WITH_FILE, "client_id": MADE_UP}),
        (f"{ONE}events/", "POST", 400, {**WITH_FILE, "kind": "topic"}),
        (f"{ASKED}events/", "POST", 409, MESSAGE),
        ("{away}", "POST", 202, MESSAGE),
    ],
    "getAttachment": [
        (f"{ONE}attachments/{{attachment}}/",),
        (f"{ONE}attachments/{MADE_UP}/", "GET", 404),
    ],
    "reportMessages": [
        (f"{ONE}reports/", "POST", 202, REPORT),
        (f"{ONE}reports/", "POST", 202, REPORT),
        (f"{ONE}reports/", "POST", 400, {**REPORT, "client_id": MADE_UP, "kind": "x"}),
        (f"{GROUP}reports/", "POST", 404, {**REPORT, "client_id": MADE_UP, "messages": [MADE_UP]}),
    ],
    "searchConversations": [
        (f"{ALL}search/?q=tuesdays",),
        (f"{ALL}search/?q=tues&page_size=1&conversation={{conversation}}",),
        (f"{ALL}search/?q=x&conversation={MADE_UP}",),
        (f"{ALL}search/", "GET", 400),
    ],
    "exportConversation": [(f"{ONE}export/",), (f"{ALL}{MADE_UP}/export/", "GET", 404)],
    "listParticipants": [(f"{ONE}participants/",), (f"{GROUP}participants/",)],
    "inviteParticipants": [
        (f"{GROUP}participants/", "POST", 200, {"members": []}),
        (f"{GROUP}participants/", "POST", 400, {"members": [MADE_UP]}),
    ],
    "removeParticipant": [(f"{GROUP}participants/{{handle}}/", "DELETE", 204)],
    "addParty": [
        (f"{ONE}parties/", "POST", 200, {"organization": "third-visitors"}),
        (f"{ONE}parties/", "POST", 400, {"organization": "nobody"}),
    ],
    "listBlocks": [(f"{OF_A}blocks/",)],
    "unblockOrganization": [(f"{OF_A}blocks/{{blocked}}/", "DELETE", 204)],
    "getFirstContacts": [(f"{OF_A}first-contacts/",)],
    "setFirstContacts": [
        (f"{OF_A}first-contacts/", "POST", 200, {"takes_requests": False}),
        (f"{OF_A}first-contacts/", "POST", 400, {"takes_requests": "no"}),
    ],
}


def spoken(cast: Cast) -> dict[str, str]:
    """A channel with B, a group, a request, a conversation at home elsewhere, and a block."""
    amara, omar, chiara = (cast.actor(name) for name in ("amara", "omar", "chiara"))
    channel = ask(amara, cast.b, topic="Spring")
    accepts(chiara, channel)
    said = say(amara, channel, "Tuesdays", files=(text_file(),))
    # What can be reported has an id of its own each time.
    REPORT["messages"] = [str(say(chiara, channel, "Wednesdays").id)]
    talk = group(amara, omar)
    accepts(omar, talk)
    _other, olga = third()
    asked = ask(olga, cast.a, topic="Hello")
    rude, rita = third("rude-visitors")
    with acting(amara):
        block(amara, conversation_id=ask(rita, cast.a).pk)
    group(chiara, topic="A canary of B")
    return {
        "conversation": str(channel.pk),
        "attachment": str(file_of(amara, said.id).pk),
        "group": str(talk.pk),
        "asked": str(asked.pk),
        "away": f"{ALL}{_away(cast)}/events/",
        "handle": str(row_of(omar, talk).handle_id),
        "blocked": str(rude.pk),
    }


def conversations_of(organization: Organization) -> tuple[str, ...]:
    """The ids of conversations in which somebody takes part for an organization."""
    with acting(MESSENGER, is_reading=True):
        rows = Participant.objects.filter(organization=organization)
        return tuple(str(one.conversation_id) for one in rows.order_by("created_at"))


def _away(cast: Cast) -> uuid.UUID:
    """A group of Amara that another node numbers."""
    from messaging.models import Conversation
    from network.models import Node

    talk = group(cast.actor("amara"), topic="Away")
    with acting(MESSENGER):
        node = Node.objects.create(origin="https://other.example.org", name="Other node")
        Conversation.objects.filter(pk=talk.pk).update(home_node=node)
    return talk.pk
