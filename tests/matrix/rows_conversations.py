"""What each surface of conversations is for, and who may.

`API` are those of an organization. `TALKS` are those of a person, at an address that names no
organization: asked in `test_conversations.py`, where the world's conversations are their owners'
alone.
"""

from __future__ import annotations

from typing import Any

from api.v1.schemas.conversations import MESSAGE, NEW
from network.permissions import Permission as P  # noqa: N817 - in each row

READ, WRITE, MANAGE = P.MESSAGE_READ, P.MESSAGE_WRITE, P.MESSAGE_MANAGE
_NEW = {**NEW, "organizations": ["visiteurs-du-port"]}
_PK = {"pk": "talk"}

API: dict[str, dict[str, Any]] = {
    "api:blocks": {"methods": {"GET": READ}},
    "api:block": {"methods": {"DELETE": MANAGE}, "names": {"pk": "blocked"}},
    "api:first_contacts": {
        "methods": {"GET": READ, "POST": MANAGE},
        "body": {"takes_requests": False},
    },
}


def _one(
    permission: P, body: dict[str, Any] | None = None, method: str = "POST"
) -> dict[str, Any]:
    return {"methods": {method: permission}, "names": _PK, "body": body or {}}


TALKS: dict[str, dict[str, Any]] = {
    "api:conversations": {"methods": {"GET": READ, "POST": WRITE}, "body": _NEW},
    "api:conversation_search": {"methods": {"GET": READ}},
    "api:conversation_export": _one(READ, method="GET"),
    "api:conversation": _one(READ, method="GET"),
    "api:conversation_events": {
        "methods": {"GET": READ, "POST": WRITE},
        "names": _PK,
        "body": MESSAGE,
    },
    "api:conversation_attachment": {
        "methods": {"GET": READ},
        "names": {**_PK, "attachment": "talk_file"},
    },
    "api:conversation_read": _one(READ, {"seq": 1}),
    "api:conversation_mute": _one(READ, {"muted": True}),
    "api:conversation_accept": _one(WRITE),
    "api:conversation_refuse": _one(WRITE),
    "api:conversation_block": _one(WRITE),
    "api:conversation_leave": _one(READ),
    "api:conversation_end": _one(MANAGE),
    "api:conversation_rename": _one(WRITE, {"topic": "x"}),
    "api:conversation_name": _one(WRITE, {"name": "x"}),
    "api:conversation_retention": _one(MANAGE, {"days": 7}),
    "api:conversation_reports": _one(
        READ, {"client_id": MESSAGE["client_id"], "messages": [], "kind": "spam"}
    ),
    "api:conversation_participants": {
        "methods": {"GET": READ, "POST": WRITE},
        "names": _PK,
        "body": {"members": []},
    },
    "api:conversation_participant": {
        "methods": {"DELETE": WRITE},
        "names": {**_PK, "handle": "talk_handle"},
    },
    # Two who choose at once: without the version it is 428.
    "api:message_mails": {"methods": {"GET": READ, "PATCH": READ}, "body": {"digest": "off"}},
    "api:realtime_ticket": {"methods": {"POST": READ}},
    "api:conversation_parties": _one(WRITE, {"organization": "nobody"}),
}
PERSONAL = set(TALKS)
# What finds a word of either owner, and what leaves an entry in the log although it only reads.
QUERIES = {"api:conversation_search": "?q=words"}
NOTED = {"api:conversation_export"}
# What is a POST and leaves nothing behind.
SEALED = {"api:realtime_ticket"}
