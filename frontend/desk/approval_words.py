"""What a second owner is asked for, in one sentence."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from network.enums import ApprovalKind, Role
from network.models import Approval, Membership


def approval_words(approval: Approval, names: dict[UUID, str]) -> str:
    """The step by name, and whom it is about. One query where it is about a member."""
    if approval.kind != ApprovalKind.OWNER_ROLE:
        return approval.get_kind_display()
    words = {"member": _member(approval, names), "role": _role(approval)}
    if words["role"]:
        return _("%(member)s gets the role: %(role)s") % words
    return _("%(member)s, an owner, is taken out of the group") % words


def _member(approval: Approval, names: dict[UUID, str]) -> str:
    found = Membership.objects.filter(pk=approval.details.get("membership")).first()
    return (names.get(found.person_id) if found else None) or _("Somebody")


def _role(approval: Approval) -> str:
    role = approval.details.get("role", "")
    return str(Role(role).label) if role in Role.values else ""
