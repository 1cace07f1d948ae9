"""What stewards fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import ReportDecision
from frontend.forms.account.forms import PlainForm
from messaging.enums import REPORT_DECISIONS, ReportState
from network.enums import OrganizationKind
from network.models import Node
from network.models.support_session import LONGEST_MINUTES

DECISION_WORDS = {
    ReportState.DISMISSED: _("Leave it as it is; nobody is told but the group that reported"),
    ReportState.WARNED: _("Warn the group: its coordinators get your reason by mail"),
    ReportState.SUSPENDED: _(
        "Suspend the group: its desk closes, and all members get your reason"
    ),
}


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class AskForm(PlainForm):
    """A question to the applicant."""

    question = forms.CharField(
        label=_("Your question"),
        widget=_lines(),
        error_messages={"required": _("Write your question.")},
    )


class ApproveForm(PlainForm):
    """Why, in words for everybody; may stay empty where two decide or two vouch."""

    public_reason = forms.CharField(
        label=_("Reason that everybody reads"),
        required=False,
        widget=_lines(2),
        help_text=_("It stands on the page of the group, under “How we know”."),
    )


class ReasonForm(PlainForm):
    """A reason that somebody reads."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=_lines(),
        error_messages={"required": _("Write the reason.")},
    )


class RefuseForm(ReasonForm):
    """Why not; the applicant reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the words for who reads it."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason that the applicant reads")


class UpholdForm(ReasonForm):
    """How a claim is undone."""

    suppress = forms.BooleanField(label=_("The entry itself goes too, for good"), required=False)
    suspend = forms.BooleanField(label=_("Suspend the group as well"), required=False)


class DecideReportForm(PlainForm):
    """What becomes of a report."""

    decision = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=ReportDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    answer = forms.CharField(
        label=_("A few words to who wrote"),
        required=False,
        widget=_lines(2),
        help_text=_("They are told what was decided in any case, where they left an address."),
    )


class DecideMessagesForm(PlainForm):
    """What becomes of reported messages."""

    decision = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=lambda: [(one.value, DECISION_WORDS[one]) for one in REPORT_DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    reason = forms.CharField(
        label=_("Reason that the group reads, where you warn or suspend it"),
        required=False,
        widget=_lines(),
        help_text=_(
            "Do not repeat the words and do not say who reported them: from either the group could"
            " tell who it was."
        ),
    )


class SupportForm(PlainForm):
    """Why a look at a desk is needed, and for how long."""

    reason = forms.CharField(
        label=_("Why you need to look"),
        widget=_lines(2),
        error_messages={"required": _("Say why you need to look.")},
    )
    minutes = forms.IntegerField(
        label=_("For how many minutes"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        initial=30,
        error_messages={
            "required": _("Write a number of minutes, 60 at most."),
            "invalid": _("Write a number of minutes, 60 at most."),
            "min_value": _("Write a number of minutes, 60 at most."),
            "max_value": _("Write a number of minutes, 60 at most."),
        },
    )


class HandoverForm(ReasonForm):
    """Who becomes an owner, and why."""

    membership = forms.ChoiceField(label=_("Who becomes an owner"))
    field_order = ("membership", "reason")

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        """The members who are not owners already."""
        super().__init__(*args, **kwargs)
        choices: Any = members
        self.fields["membership"].choices = choices  # type: ignore[attr-defined] # a ChoiceField


class KindForm(PlainForm):
    """What kind of group it is."""

    kind = forms.ChoiceField(label=_("What kind of group"), choices=OrganizationKind.choices)


class NodeForm(PlainForm):
    """What this node says of itself, in each of its languages."""

    name = forms.CharField(
        label=_("Name of this site"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Write the name of this site.")},
    )
    contact = forms.CharField(
        label=_("How people reach the stewards"),
        required=False,
        max_length=254,
        help_text=_("An address or a telephone number. Everybody reads it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that the stewards answer in"),
        required=False,
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_notice = forms.CharField(
        label=pgettext_lazy("of a site", "Legal notice"), required=False, widget=_lines(4)
    )

    def __init__(self, *args: Any, node: Node | None, **kwargs: Any) -> None:
        """With a name and rules for each language of the pages."""
        initial = {}
        if node is not None:
            initial = {
                "name": node.name,
                "contact": node.contact,
                "languages": node.languages,
                "legal_notice": node.legal_notice,
            }
        super().__init__(*args, initial=initial, **kwargs)
        for code, language in settings.LANGUAGES:
            words = {"language": language}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % words,
                required=False,
                max_length=120,
                initial=node.names.get(code, "") if node else "",
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        for code, language in settings.LANGUAGES:
            words = {"language": language}
            self.fields[f"rules_{code}"] = forms.CharField(
                label=_("Rules of this site in %(language)s") % words,
                required=False,
                initial=node.rules.get(code, "") if node else "",
                widget=forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto"}),
            )

    def changes(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        codes = [code for code, _language in settings.LANGUAGES]
        plain = ("name", "contact", "languages", "legal_notice")
        return {
            **{name: self.cleaned_data[name] for name in plain},
            "names": {code: self.cleaned_data[f"name_{code}"] for code in codes},
            "rules": {code: self.cleaned_data[f"rules_{code}"] for code in codes},
        }
