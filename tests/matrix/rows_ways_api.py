"""Rows of the ways in and of help between groups through the API, see `rows.py`.

Beginning an application needs no token and is no group's: `tests/api/test_first_steps.py`.
"""

from __future__ import annotations

from typing import Any

from network.permissions import Permission as P  # noqa: N817 - in each row

_APPLICATION = {"names": {"pk": "application"}, "of_token": True}
_VOUCH, _RECEIVED = {"names": {"pk": "vouch"}}, {"names": {"pk": "asked_of_us"}}
_SENT = {"names": {"pk": "asked_by_us"}}


def _row(row: dict[str, Any], body: dict[str, Any] | None = None, **methods: P) -> dict[str, Any]:
    return {**row, "methods": methods, "body": body or {}}


API: dict[str, dict[str, Any]] = {
    "api:applications": _row({"of_token": True}, GET=P.APPLICATION_WRITE),
    "api:application": _row(
        _APPLICATION, {"since": "2019"}, GET=P.APPLICATION_WRITE, PATCH=P.APPLICATION_WRITE
    ),
    "api:application_submit": _row(_APPLICATION, POST=P.APPLICATION_WRITE),
    "api:application_withdraw": _row(_APPLICATION, POST=P.APPLICATION_WRITE),
    "api:application_notes": _row(_APPLICATION, {"body": "We wait."}, POST=P.APPLICATION_WRITE),
    "api:application_vouches": _row(
        _APPLICATION,
        {"organization": "visiteurs-du-port"},
        GET=P.APPLICATION_WRITE,
        POST=P.APPLICATION_WRITE,
    ),
    "api:application_proofs": _row(
        _APPLICATION, {"local_part": "info"}, GET=P.APPLICATION_WRITE, POST=P.APPLICATION_WRITE
    ),
    "api:vouches": _row({}, GET=P.VOUCH_GIVE),
    "api:vouch": _row(_VOUCH, GET=P.VOUCH_GIVE),
    "api:vouch_give": _row(_VOUCH, {"statement": "We know them."}, POST=P.VOUCH_GIVE),
    "api:vouch_decline": _row(_VOUCH, POST=P.VOUCH_GIVE),
    "api:vouch_withdraw": _row(_VOUCH, POST=P.VOUCH_GIVE),
    "api:mentor_offer": _row(
        {},
        {"is_open": False, "text": ""},
        GET=P.ORGANIZATION_READ,
        PUT=P.MENTOR_OFFER,
        DELETE=P.MENTOR_OFFER,
    ),
    "api:mentors": _row({}, GET=P.ORGANIZATION_READ),
    "api:mentor_requests": _row(
        {},
        {"organization": "third-group", "text": "Please.", "contact": "x@example.org"},
        GET=P.ORGANIZATION_READ,
        POST=P.MENTOR_OFFER,
    ),
    "api:mentor_request": _row(_RECEIVED, GET=P.ORGANIZATION_READ),
    "api:mentor_accept": _row(_RECEIVED, {"contact": "x@example.org"}, POST=P.MENTOR_OFFER),
    "api:mentor_decline": _row(_RECEIVED, POST=P.MENTOR_OFFER),
    "api:mentor_withdraw": _row(_SENT, POST=P.MENTOR_OFFER),
    "api:mentor_end": _row(_RECEIVED, POST=P.MENTOR_OFFER),
}
