"""What a group that applies answers, in three parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Application
from directory.queries.application_answers import NEEDED
from frontend.forms.account.forms import PlainForm
from frontend.forms.desk.organization import LanguagesField

PARTS: dict[str, tuple[str, ...]] = {
    "about": ("about", "since", "places", "languages"),
    "reach": ("website", "contact", "check"),
    "trust": ("independence",),
}
TITLES = {
    "about": _("What you do"),
    "reach": _("How to reach and check you"),
    "trust": _("Who pays you"),
}


def _line(label: Any, hint: Any, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def _text(label: Any, hint: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"dir": "auto", "rows": "5"})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class AnswersForm(PlainForm):
    """The fields of one part; each may stay empty until the application is sent."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    about = _text(_("What you do"), _("Who visits whom, how often, and what for."))
    since = _line(_("Since when"), _("A year is enough. “Not yet” is an answer, too."))
    places = _text(_("Where"), _("The places that you visit, or want to visit."))
    languages = LanguagesField(
        label=_("Languages of the group"),
        required=False,
        help_text=_("By name, with commas between them: French, Arabic."),
    )
    website = _line(
        _("Website"), _("If you have one."), dir="ltr", inputmode="url", autocomplete="url"
    )
    contact = _line(
        _("A public contact"),
        _("A telephone number or an address that readers may see. Never a private one."),
    )
    check = _text(
        _("How can a steward check that you are this group?"),
        _("For example a page that names you, or somebody to ask. Only stewards read this."),
    )
    independence = _text(
        _("Who pays you, and who decides?"),
        _(
            "Say whether money or orders come from a company that runs prisons, or from an "
            "authority that detains people."
        ),
    )

    def __init__(
        self, *args: Any, application: Application, part: str, base_version: int, **kwargs: Any
    ) -> None:
        """With what was answered before."""
        kwargs["initial"] = {**application.answers, "base_version": base_version}
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in ("base_version", *PARTS[part]):
                del self.fields[name]
        for name in NEEDED[application.kind]:
            if name in self.fields:
                self.fields[name].widget.attrs["data-needed"] = "true"

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        return {key: value for key, value in self.cleaned_data.items() if key != "base_version"}

    def differing(self, present: Application) -> list[dict[str, str]]:
        """The fields in which somebody else saved another answer: both, with the label."""
        found = []
        for bound in self.visible_fields():
            theirs = str(bound.field.prepare_value(present.answers.get(bound.name, "")) or "")
            ours = str(bound.data or "").strip()
            if theirs != ours:
                found.append({"label": str(bound.label), "theirs": theirs, "ours": ours})
        return found


class NoteForm(PlainForm):
    """An answer to the stewards."""

    body = forms.CharField(
        label=_("Your answer to the stewards"),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": "4"}),
        error_messages={"required": _("Write your answer.")},
    )


class ProofForm(PlainForm):
    """What stands before the @ of an address at the entry's own website."""

    local_part = forms.CharField(
        label=_("What stands before the @"),
        max_length=64,
        help_text=_("For example info or contact. What stands after it cannot be chosen."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Write only what stands before the @, for example info.")},
    )


class AskForm(PlainForm):
    """Which group is asked to vouch, and a sentence to it."""

    group = forms.CharField(max_length=160, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("A sentence to this group"),
        required=False,
        max_length=400,
        help_text=_("How do you know each other?"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class StatementForm(PlainForm):
    """How the two groups know each other."""

    statement = forms.CharField(
        label=_("How do you know each other?"),
        help_text=_("The group that asks and the stewards read this."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": "4"}),
        error_messages={"required": _("Write how you know each other.")},
    )
