"""What each surface of coalitions is for, and who may, as the fields of its row."""

from __future__ import annotations

from typing import Any

from network.permissions import Permission as P  # noqa: N817 - in each row

MANAGE = P.COALITION_MANAGE
_TIE, _AGREED = {"tie_id": "incoming_tie"}, {"tie_id": "agreed_tie"}
_PK, _AGREED_PK = {"pk": "incoming_tie"}, {"pk": "agreed_tie"}

DESK: dict[str, dict[str, Any]] = {
    "desk:coalitions": {"methods": {"GET": P.ORGANIZATION_READ}},
    "desk:coalition_ask": {"methods": {"GET": MANAGE, "POST": MANAGE}, "body": {"slug": "none"}},
    "desk:coalition_accept": {"methods": {"POST": MANAGE}, "names": _TIE},
    "desk:coalition_refuse": {"methods": {"POST": MANAGE}, "names": _TIE},
    "desk:coalition_end": {"methods": {"GET": MANAGE, "POST": MANAGE}, "names": _AGREED},
}
API: dict[str, dict[str, Any]] = {
    "api:coalitions": {
        "methods": {"GET": P.ORGANIZATION_READ, "POST": MANAGE},
        "body": {"organization": "none"},
    },
    "api:coalition": {"methods": {"GET": P.ORGANIZATION_READ}, "names": _PK},
    "api:coalition_accept": {"methods": {"POST": MANAGE}, "names": _PK},
    "api:coalition_refuse": {"methods": {"POST": MANAGE}, "names": _PK},
    "api:coalition_end": {"methods": {"POST": MANAGE}, "names": _AGREED_PK},
}
