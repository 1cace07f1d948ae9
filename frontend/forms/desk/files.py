"""Forms that bring files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.actions.pictures import LONGEST_ALT
from frontend.desk.sent_files import FIELD, Sent
from frontend.forms.account.forms import PlainForm
from frontend.templatetags.atlas import language_name
from frontend.texts import direction
from network.actions.uploads import LONGEST_TITLE

PICTURES = "image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp"
PAPERS = f"{PICTURES},application/pdf,text/plain,.pdf,.txt"
ALT = "alt_"


class SentFileField(forms.FileField):
    """A file; what it is was decided before the form."""

    def __init__(self, label: Any, help_text: Any, accept: str) -> None:
        """`accept` only helps to choose."""
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": accept}),
        )


class SentFileForm(PlainForm):
    """A form with a file in it."""

    needs_file = True

    def __init__(self, *args: Any, sent: Sent | None = None, **kwargs: Any) -> None:
        """`sent` is what came with it."""
        super().__init__(*args, **kwargs)
        self.sent = sent or Sent()

    def clean(self) -> dict[str, Any] | None:
        """Say at its field why a file is not taken, or that there is none."""
        if self.sent.error is not None:
            self.add_error(FIELD, self.sent.error)
        elif self.needs_file and self.sent.inspected is None:
            self.add_error(FIELD, str(_("Choose a file.")))
        return super().clean()


class DocumentForm(SentFileForm):
    """A document for the members of a group."""

    title = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("For example: Minutes of May. Left empty, it is called as its file is."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    file = SentFileField(
        _("The file"),
        _("JPEG, PNG or WebP, PDF, or plain text in UTF-8; at most 5 MB."),
        PAPERS,
    )


class LogoForm(SentFileForm):
    """A logo."""

    file = SentFileField(
        _("The picture"), _("JPEG, PNG or WebP, at most 5 MB. It is made smaller."), PICTURES
    )


class PhotoForm(SentFileForm):
    """A photo, and what it shows in each language of the program."""

    file = SentFileField(
        _("The picture"), _("JPEG, PNG or WebP, at most 5 MB. It is made smaller."), PICTURES
    )

    def __init__(
        self, *args: Any, languages: Iterable[str], alt: Mapping[str, str], **kwargs: Any
    ) -> None:
        """A line for each language; `alt` is what stands there now."""
        super().__init__(*args, **kwargs)
        # Words alone may be put right.
        self.needs_file = not alt
        for code in languages:
            self.fields[f"{ALT}{code}"] = forms.CharField(
                label=_("What it shows, in: %(language)s") % {"language": language_name(code)},
                required=False,
                max_length=LONGEST_ALT,
                initial=alt.get(code, ""),
                widget=forms.TextInput(
                    attrs={"lang": code, "dir": direction(code), "autocomplete": "off"}
                ),
            )

    def take_errors(self, errors: dict[str, list[str]]) -> None:
        """What was refused of the words stands at their language."""
        super().take_errors(
            {key.replace("alt.", ALT, 1): told for key, told in errors.items()},
        )

    def described(self) -> dict[str, str]:
        """What was written, by language."""
        return {
            name.removeprefix(ALT): value
            for name, value in self.cleaned_data.items()
            if name.startswith(ALT) and value
        }


class ExportForm(PlainForm):
    """What an export holds beside what it always does."""

    with_emails = forms.BooleanField(
        label=_("With the e-mail addresses of all members"),
        required=False,
        help_text=_(
            "They are needed to invite everybody on another site. Without them the file names "
            "members by name and role only."
        ),
    )
