"""What people write about themselves."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.forms.looked import AsksToLook

LONGEST_PASSWORD = 1000  # the rules say 128; whoever writes more is told so


class PlainForm(AsksToLook):
    """A form whose labels bring no colon, for `frontend/components/form.html`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Django's."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def take_errors(self, errors: dict[str, list[str]]) -> None:
        """Show what an action refused at its field; on top where the form has no such field."""
        for name, messages in errors.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)

    def refuse(self, error: ValidationError) -> None:
        """Show a refusal of an action at its fields, with the box where that can answer it."""
        self.heed(error)
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        self.take_errors(by_field)


class EmailField(forms.EmailField):
    """The address of an account."""

    def __init__(self, **kwargs: Any) -> None:
        """With the words for what is missing."""
        message = _("Write the whole address, for example amara@example.org.")
        super().__init__(
            label=_("E-mail address"),
            max_length=254,
            error_messages={"invalid": message, "required": message, "max_length": message},
            widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
            **kwargs,
        )


class PasswordField(forms.CharField):
    """A password, never shown again."""

    def __init__(self, label: Any, autocomplete: str, help_text: Any = "") -> None:
        """`autocomplete` tells a password manager which one it is."""
        super().__init__(
            label=label,
            strip=False,
            max_length=LONGEST_PASSWORD,
            help_text=help_text,
            error_messages={"required": _("Write the password.")},
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"}),
        )


class SignInForm(PlainForm):
    """An address, a password, and what to call this device."""

    email = EmailField()
    password = PasswordField(_("Password"), "current-password")
    device = forms.CharField(
        label=_("What to call this device"),
        required=False,
        max_length=60,
        help_text=_("For your list of devices, for example: phone. May stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ForgotForm(PlainForm):
    """The address to which a link shall go."""

    email = EmailField()


class NewPasswordForm(PlainForm):
    """A new password."""

    password = PasswordField(
        _("New password"),
        "new-password",
        _("12 to 128 characters. Several words that do not belong together are a good one."),
    )


class ConfirmForm(PlainForm):
    """The password once more."""

    password = PasswordField(_("Your password"), "current-password")


class DeviceForm(PlainForm):
    """What to call a device."""

    name = forms.CharField(label=_("Name of this device"), max_length=60)


class ProfileForm(PlainForm):
    """A name to show, a language and a time zone."""

    display_name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        help_text=_("Only your own group sees it. It need not be the one in your passport."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Write the name by which others shall know you.")},
    )
    language = forms.ChoiceField(
        label=_("Language of pages and mails"), choices=lambda: settings.LANGUAGES
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(name, name.replace("_", " ")) for name in sorted(available_timezones())],
    )
