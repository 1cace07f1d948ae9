"""What a group reports to the ledger of access."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.enums import (
    AccessStatus,
    Attribution,
    Confidence,
    EventScope,
    Retaliation,
    SourceKind,
    StatedReason,
    VisitorCategory,
)
from directory.models import Country
from frontend.forms.desk.ledger import (
    NOTHING,
    StatedForm,
    address_field,
    choice_field,
    date_field,
    language_field,
    words_field,
)
from frontend.templatetags.atlas import country_name

DELAYS = (3, 7, 14, 30)
NOW = "now"


class EventForm(StatedForm):
    """Who is let in or kept out, since when, how the group knows, who is named, and when."""

    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("All places of detention in it are meant.")
    )
    facility_name = words_field(
        _("A place that is not listed here"),
        _("Leave it empty where the whole country is meant."),
    )
    visitor_category = choice_field(_("Who it is about"), VisitorCategory, NOTHING)
    status = choice_field(_("What holds for them"), AccessStatus, NOTHING)
    effective_from = date_field(_("Since when"))
    effective_to = date_field(
        _("Until when"), _("Leave it empty where it still holds or nobody knows.")
    )
    scope = choice_field(_("For whom exactly"), EventScope, NOTHING)
    stated_reason = choice_field(
        _("The reason that the authority gave"),
        StatedReason,
        NOTHING,
        _("What they said, not what you think."),
    )
    retaliation = choice_field(_("Said to be an answer to criticism"), Retaliation, NOTHING)
    statement = words_field(
        _("What happened, in one or two sentences"),
        _("Everybody can read this. Never write the name or number of a person held."),
        rows=4,
    )
    text_language = language_field(_("Language in which you write"))
    source_kind = choice_field(_("How your group knows"), SourceKind, NOTHING)
    source_url = address_field(
        _("Web address of the source"), _("May stay empty only for what you know first hand.")
    )
    confidence = choice_field(_("How sure it is"), Confidence, NOTHING)
    attributed_as = forms.ChoiceField(
        label=_("Who is named as having entered it"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Naming who reported a ban can get them banned. This cannot be changed afterwards."
        ),
    )
    when = forms.ChoiceField(
        label=_("When it becomes public"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Who watches this page sees when an entry appears. Some days between what happened"
            " and the entry make it harder to tell who wrote it. Until then you can take it back."
        ),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        name: str,
        place: str = "",
        signature: str = "",
        coalitions: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """For a group of this name.

        Args:
            args: as Django's.
            name: what the group is called.
            place: the slug of the place that the entry is about; without one a country is asked.
            signature: how an entry that is corrected was signed, which stays.
            coalitions: slug and name of each coalition that may be named.
            kwargs: as Django's.
        """
        super().__init__(*args, **kwargs)
        self.place = place
        for one in ("scope", "stated_reason", "retaliation", "confidence"):
            self._choose(one, self._field(one).choices[1:])
        self._choose("attributed_as", self._signatures(name, signature, coalitions))
        self._choose("when", _moments())
        if place:
            del self.fields["country"], self.fields["facility_name"]
        else:
            self._choose("country", [("", NOTHING), *_countries()])
        self.initial.setdefault("submission", uuid4())
        signatures = self._field("attributed_as").choices
        only = signatures[0][0] if signature and len(signatures) == 1 else ""
        self.initial.setdefault("attributed_as", only)
        self.initial.setdefault("stated_reason", StatedReason.NONE_GIVEN)
        # Not this one: what is chosen for everybody would be looked at by nobody.
        self.initial.setdefault("when", "")

    def values(self) -> dict[str, Any]:
        """What was said, by field of a report."""
        said = super().values()
        when = said.pop("when", NOW) or NOW
        signed, _colon, coalition = str(said.get("attributed_as") or "").partition(":")
        if coalition:
            said |= {"attributed_as": signed, "coalition": coalition}
        if self.place:
            said["facility"] = self.place
        if when != NOW:
            said["publish_at"] = timezone.now().date() + dt.timedelta(days=int(when))
            said["publish_at"] = said["publish_at"].isoformat()
        return said

    @property
    def submitted_as(self) -> UUID:
        """By what a form that is sent twice is known."""
        found: UUID = self.cleaned_data.get("submission") or uuid4()
        return found

    def clean_attributed_as(self) -> str:
        """One of both: here nothing is chosen for anybody."""
        chosen: str = self.cleaned_data["attributed_as"]
        if not chosen:
            raise forms.ValidationError(
                _("Choose whether your group or only a verified program is named."),
                code="required",
            )
        return chosen

    def clean_when(self) -> str:
        """A number of days, or now."""
        chosen: str = self.cleaned_data["when"]
        if not chosen:
            raise forms.ValidationError(_("Choose when it becomes public."), code="required")
        return chosen

    def _field(self, name: str) -> Any:
        """A field with choices."""
        return self.fields[name]

    def _choose(self, name: str, choices: Any) -> None:
        self._field(name).choices = choices

    @staticmethod
    def _signatures(
        name: str, signature: str, coalitions: Sequence[tuple[str, str]]
    ) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = [
            (
                Attribution.VERIFIED_PROGRAM.value,
                _("“A verified program”: nobody outside your group reads which one"),
            ),
            (Attribution.ORGANIZATION.value, _("Your group, by name: %(name)s") % {"name": name}),
        ]
        found += [
            (
                f"{Attribution.COALITION}:{slug}",
                _("A coalition: %(name)s. Its page tells who belongs to it") % {"name": one},
            )
            for slug, one in coalitions
        ]
        return [one for one in found if signature in ("", one[0].partition(":")[0])]


def _moments() -> list[tuple[str, Any]]:
    days = [
        (
            str(number),
            ngettext("In %(number)d day", "In %(number)d days", number) % {"number": number},
        )
        for number in DELAYS
    ]
    return [(NOW, _("At once")), *days]


def _countries() -> list[tuple[str, str]]:
    """All countries by their names in the page's language."""
    rows = Country.objects.only("iso2", "names")
    return sorted(((one.iso2, country_name(one)) for one in rows), key=lambda pair: pair[1])
