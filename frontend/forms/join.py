"""Forms of the ways in, for who has no desk yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models import Listing
from frontend.forms.account.forms import EmailField, PlainForm
from frontend.forms.desk.organization import country_choices
from network.models import Person


class FirstStepForm(PlainForm):
    """The name of the group, its country, and who asks; nothing of a person who is signed in."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=200,
        help_text=_("As the group calls itself."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the group.")},
    )
    country = forms.ChoiceField(label=pgettext_lazy("of a group", "Country"))
    person_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("For the stewards of this site. It need not be the one in your passport."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
        error_messages={"required": _("Write the name by which others shall know you.")},
    )
    email = EmailField(
        help_text=_("We send one mail with a link. Readers never see this address.")
    )

    def __init__(
        self, *args: Any, person: Person | None, listing: Listing | None = None, **kwargs: Any
    ) -> None:
        """`listing` is the entry that is taken over: its country is the group's."""
        if listing is not None:
            name = listing.organization_name or ("" if listing.name_is_label else listing.name)
            kwargs.setdefault("initial", {"name": name})
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if listing is not None:
            del self.fields["country"]
        else:
            choices: Any = [("", _("Choose a country")), *country_choices("")[1:]]
            field: Any = self.fields["country"]
            field.choices = choices
            field.error_messages["required"] = _("Choose a country from the list.")
        if person is not None:
            del self.fields["email"], self.fields["person_name"]

    def answers(self, person: Person | None, listing: Listing | None) -> dict[str, str]:
        """What was written, as the actions take it."""
        written = self.cleaned_data
        return {
            "name": written["name"],
            "country": listing.country.iso2 if listing else written["country"],
            "person_name": person.display_name if person else written["person_name"],
        }


class ObjectionForm(PlainForm):
    """Why an entry is not theirs, and where to answer."""

    text = forms.CharField(
        label=_("Why is this entry not theirs?"),
        help_text=_("Only the stewards read it. Do not name a person who is held."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": "5"}),
        error_messages={"required": _("Write why this entry is not theirs.")},
    )
    email = EmailField(
        required=False, help_text=_("If you want an answer. It is deleted with the decision.")
    )
