"""Members, invitations and the log of an organization."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, closed, or_null, ref, text

SCHEMAS: dict[str, Schema] = {
    "Member": closed(
        "A member, by the name that colleagues see. Nobody's address is told.",
        {
            "id": text("The membership.", format="uuid"),
            "person_id": text("The person.", format="uuid"),
            "name": text("The name that colleagues see; empty where none is known."),
            "role": ref("Role", "The role that was given."),
            "role_since": text("Since when this role is held, in UTC.", format="date-time"),
            "created_at": text("When the membership began, in UTC.", format="date-time"),
        },
    ),
    "MemberPage": common.page("MemberPage", "Member", "A page of members, longest first."),
    "RoleChange": closed("Another role for a member.", {"role": ref("Role")}),
    "Invitation": closed(
        "An open invitation. Its link went out by mail and is kept by nobody here.",
        {
            "id": common.UUID,
            "email": or_null(
                text("The address.", format="email"), "Null for whoever did not send it."
            ),
            "role": ref("Role", "The role that is offered."),
            "language": text("The language of the mail."),
            "created_at": common.MOMENT,
            "expires_at": text("Until when the link works, in UTC.", format="date-time"),
        },
    ),
    "InvitationPage": common.page(
        "InvitationPage", "Invitation", "A page of open invitations, newest first."
    ),
    "NewInvitation": closed(
        "Somebody to invite.",
        {
            "email": text("The address that gets the link.", format="email", maxLength=254),
            "role": ref("Role", "None above your own."),
            "language": text("The language of the mail: one of this node's."),
        },
        optional=("language",),
    ),
    "AuditEntry": closed(
        "Something that was done in the organization.",
        {
            "id": common.UUID,
            "at": common.MOMENT,
            "verb": text("What was done, as `noun.verb`."),
            "person": or_null(ref("AuditPerson"), "Who did it; null where the system did."),
            "purpose": text("Why the system acted; empty where a person did."),
            "via": text("By which way: page, api, command or worker."),
            "object_kind": text("What it was done to; empty where that is the organization."),
            "object_id": or_null(text("Which one.", format="uuid")),
            "details": {
                "type": "object",
                "description": "Small facts, such as a role. No addresses, no texts.",
            },
        },
    ),
    "AuditPerson": closed(
        "Somebody who belongs or belonged to the organization.",
        {"id": common.UUID, "name": text("The name that colleagues see; empty once it is gone.")},
    ),
    "AuditPage": common.page("AuditPage", "AuditEntry", "A page of the log, newest first."),
}

MEMBER: dict[str, Any] = {
    "id": "0d9a3f10-52b7-4f0c-9d63-7a1d6f0b8e21",
    "person_id": "7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33",
    "name": "Amara",
    "role": "coordinator",
    "role_since": common.WHEN,
    "created_at": common.WHEN,
}
INVITATION: dict[str, Any] = {
    "id": "b1b8a1de-6c55-4a52-8d61-0d7a5c2f9e10",
    "email": "noor@example.org",
    "role": "editor",
    "language": "fr",
    "created_at": common.WHEN,
    "expires_at": "2026-06-08T09:30:00.000000Z",
}
ENTRY: dict[str, Any] = {
    "id": "e2f0a6b4-3d0c-4a57-8a0b-2f5f1f0f7c44",
    "at": common.WHEN,
    "verb": "invitation.sent",
    "person": {"id": "7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33", "name": "Amara"},
    "purpose": "",
    "via": "page",
    "object_kind": "invitation",
    "object_id": "b1b8a1de-6c55-4a52-8d61-0d7a5c2f9e10",
    "details": {"role": "editor"},
}


def page_of(row: dict[str, Any]) -> dict[str, Any]:
    """A page with this one row."""
    return {"next": None, "previous": None, "results": [row]}
