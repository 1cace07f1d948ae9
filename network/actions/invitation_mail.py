"""What the letter of an invitation says."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from network.actions.letters import Letter, isolated
from network.enums import Role
from network.models import Organization


def invitation_letter(organization: Organization, role: Role, token: str) -> Letter:
    """In the present language. The group is named, and nobody in it."""
    words = isolated({"group": organization.name, "role": role.label})
    return Letter(
        subject=_("%(group)s invites you") % words,
        paragraphs=(
            _("%(group)s invites you to take part, as: %(role)s.") % words,
            _("The link works once, for 7 days. It opens a page with one button."),
            _("If you did not expect this, you need not do anything."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/account/invitation/{token}/",
        label=_("See the invitation"),
    )
