"""Members, invitations and the log as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from network.models import AuditEntry, Invitation, Membership
from network.queries.invitations import is_own
from network.tenancy import Actor


def member_document(member: Membership, name: str) -> dict[str, Any]:
    """One member, by name; never an address."""
    return {
        "id": member.pk,
        "person_id": member.person_id,
        "name": name,
        "role": member.role,
        "role_since": member.role_since,
        "created_at": member.created_at,
    }


def invitation_document(actor: Actor, invitation: Invitation) -> dict[str, Any]:
    """One open invitation; the address only for who sent it."""
    return {
        "id": invitation.pk,
        "email": invitation.email if is_own(actor, invitation) else None,
        "role": invitation.role,
        "language": invitation.language,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }


def entry_document(entry: AuditEntry, names: dict[UUID, str]) -> dict[str, Any]:
    """One entry of the log."""
    person = entry.person_id
    return {
        "id": entry.pk,
        "at": entry.created_at,
        "verb": entry.verb,
        "person": {"id": person, "name": names.get(person, "")} if person else None,
        "purpose": entry.purpose,
        "via": entry.via,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "details": entry.details,
    }
