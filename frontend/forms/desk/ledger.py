"""What a group states about a place of detention: facts, and rules for a visit.

The fields take any text: what may stand in them is decided by `directory.actions.stating`, for
forms and requests alike, and comes back with `take_errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import Locale
from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.enums import (
    FacilityKind,
    FacilitySetting,
    FacilityStatus,
    OperatorKind,
    VisitorCategory,
    YesNo,
)
from frontend.forms.account.forms import PlainForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING = pgettext_lazy("in a form", "Choose one")
DATE_HINT = _("A year, a month or a day: 2026, 2026-11 or 2026-11-21.")


class StatedForm(PlainForm):
    """A form that is looked at before it is sent; `step` says which of both is asked for."""

    def values(self) -> dict[str, Any]:
        """What was said, by field, for an action."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.said}

    @property
    def said(self) -> tuple[str, ...]:
        """The fields that an action knows."""
        return tuple(name for name in self.fields if not self.fields[name].widget.is_hidden)


def words_field(
    label: StrOrPromise, help_text: StrOrPromise = "", *, rows: int = 0, **attributes: str
) -> forms.CharField:
    """A line of text, or a box of so many rows."""
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    if rows:
        widget = forms.Textarea(attrs={"rows": str(rows), **attributes})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=widget)


def number_field(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.CharField:
    """A whole number; the browser shows digits to type."""
    return words_field(label, help_text, inputmode="numeric", dir="ltr")


def date_field(label: StrOrPromise, help_text: StrOrPromise = DATE_HINT) -> forms.CharField:
    """A partial date."""
    return words_field(label, help_text, dir="ltr")


def choice_field(
    label: StrOrPromise,
    vocabulary: type[TextChoices],
    nothing: StrOrPromise,
    help_text: StrOrPromise = "",
) -> forms.ChoiceField:
    """A word of a vocabulary that says something, or nothing."""
    words = [(value, word) for value, word in vocabulary.choices if value != "unknown"]
    return forms.ChoiceField(
        label=label, required=False, choices=[("", nothing), *words], help_text=help_text
    )


def address_field(label: StrOrPromise, help_text: StrOrPromise) -> forms.CharField:
    """A web address; not checked by the browser, whose words are not ours."""
    return words_field(label, help_text, inputmode="url", dir="ltr")


def language_field(label: StrOrPromise) -> forms.ChoiceField:
    """The language in which something is written."""
    return forms.ChoiceField(label=label, required=False, choices=_languages)


def _languages() -> list[tuple[str, str]]:
    """All languages by their names in the page's language; that language first."""
    current = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    names = Locale.parse(current).languages
    known = {code: name for code, name in names.items() if len(code) == 2}
    rest = sorted((item for item in known.items() if item[0] != current), key=lambda one: one[1])
    return [(current, known.get(current, current)), *rest]


class ClaimForm(StatedForm):
    """Facts about a place; what stays empty is not stated."""

    status = choice_field(
        _("Whether people are held there"), FacilityStatus, _("We state nothing")
    )
    kind = choice_field(
        _("Under which kind of law"),
        FacilityKind,
        _("We state nothing"),
        _("Choose it together with the kind of place: the two are shown together."),
    )
    setting = choice_field(_("Kind of place"), FacilitySetting, _("We state nothing"))
    capacity = number_field(_("How many people it can hold"))
    population = number_field(_("How many people are held there"))
    operator = words_field(_("Who runs it"), _("The name of the authority or company."))
    operator_kind = choice_field(_("Kind of operator"), OperatorKind, _("We state nothing"))
    custodial_authority = words_field(
        _("The authority responsible"), _("Where it is another than who runs it.")
    )
    note = words_field(_("Remark"), _("Never write the name of a person held."), rows=3)
    text_language = language_field(_("Language of the remark"))
    as_of = date_field(_("When this was so"))
    source_url = address_field(
        _("Web address of the source"), _("May stay empty where your group knows it itself.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With today as the date that is offered."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", timezone.localdate().isoformat())


class RuleForm(StatedForm):
    """The rules for one kind of visitor."""

    visitor_category = choice_field(_("Who the rules are for"), VisitorCategory, NOTHING)
    days_hours = words_field(
        _("Days and hours"), _("As the place says them, for example: Tue and Sat 14:00-16:00.")
    )
    booking_required = choice_field(
        _("Whether a visit must be booked"), YesNo, _("We state nothing")
    )
    booking_lead_hours = number_field(_("How many hours before"))
    id_required = words_field(_("What to bring"), _("Papers that are asked for at the door."))
    max_minutes = number_field(_("How many minutes a visit lasts"))
    max_visitors = number_field(_("How many may come at once"))
    contact_type = forms.ChoiceField(
        label=_("How you meet"),
        required=False,
        choices=[
            ("", _("We state nothing")),
            ("contact", _("In one room")),
            ("non_contact", _("Behind a pane or on a screen")),
        ],
    )
    items_barred = words_field(_("What may not be brought"), _("One thing a line."), rows=3)
    minors = words_field(_("Children"), _("Whether and how they may come."))
    transport = words_field(_("Getting there"))
    note = words_field(_("Remark"), _("Never write the name of a person held."), rows=3)
    text_language = language_field(_("Language in which you write"))
    as_of = date_field(_("When this was so"))
    source_url = address_field(
        _("Web address of the source"), _("May stay empty where your group knows it itself.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With today as the date that is offered."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", timezone.localdate().isoformat())


class PlaceSearchForm(PlainForm):
    """Words of a place."""

    q = forms.CharField(
        label=_("Name, town or country of a place"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={
            "max_length": _("Write at most %(limit_value)d characters."),
            "null_characters_not_allowed": _("Write the words again; one sign was damaged."),
        },
    )
