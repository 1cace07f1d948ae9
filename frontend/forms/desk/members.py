"""What is written about members and invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.forms.account.forms import EmailField, PasswordField, PlainForm, ProfileForm
from network.enums import Role


def roles_up_to(own: Role) -> list[tuple[str, str]]:
    """The roles that somebody with this one can give, the lowest first."""
    return [(role.value, str(role.label)) for role in Role if role.rank <= own.rank]


class RoleForm(PlainForm):
    """Another role for a member."""

    role = forms.ChoiceField(label=pgettext_lazy("in a group", "Role"))

    def __init__(self, *args: Any, own: Role, **kwargs: Any) -> None:
        """`own` is the role of who gives one."""
        super().__init__(*args, **kwargs)
        choices: Any = roles_up_to(own)
        self.fields["role"].choices = choices  # type: ignore[attr-defined] # a ChoiceField


class InviteForm(RoleForm):
    """An address, a role, and the language of the mail."""

    email = EmailField()
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=lambda: settings.LANGUAGES
    )
    field_order = ("email", "role", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The address is somebody else's: a browser should not offer one's own."""
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class JoinForm(ProfileForm):
    """What somebody new writes to accept an invitation."""

    password = PasswordField(
        _("Password"),
        "new-password",
        _("12 to 128 characters. Several words that do not belong together are a good one."),
    )
    field_order = ("display_name", "password", "language", "time_zone")


class AuditForm(PlainForm):
    """Which entries of the log are wanted: of one kind, of one person."""

    verb = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.ChoiceField(label=_("By whom"), required=False)

    def __init__(
        self,
        *args: Any,
        verbs: list[tuple[str, str]],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """The choices that the log has."""
        super().__init__(*args, **kwargs)
        everything: Any = [("", _("Everything")), *verbs]
        everybody: Any = [("", _("Everybody")), *people]
        self.fields["verb"].choices = everything  # type: ignore[attr-defined] # a ChoiceField
        self.fields["person"].choices = everybody  # type: ignore[attr-defined] # a ChoiceField
