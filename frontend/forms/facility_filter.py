"""The form that searches places of detention."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.enums import FacilityKind, FacilityStatus
from directory.queries.facilities import KIND, FacilityFilter
from frontend.forms.fields import CursorField, WordField
from frontend.forms.filter_form import FilterForm
from frontend.templatetags.gazetteer import in_sentence


class FacilityFilterForm(FilterForm):
    """The parameters of `/facilities/`."""

    kind = WordField(
        _("Kind"),
        _("Any kind"),
        FacilityKind.choices,
        _("Choose one of the list, for example “administrative”."),
    )
    status = WordField(
        _("Status"),
        _("Any status"),
        FacilityStatus.choices,
        _("Choose one of the list, for example “open”."),
    )
    cursor = CursorField(KIND)

    @property
    def heading(self) -> str:
        """What this list is, as far as the country says it."""
        if self.is_valid() and self.land:
            words = _now("Places of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("Places of detention")

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        if self.land and len(self.asked) == 1:
            words = _now("We know of no place of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("We know of no place that fits this")

    def wanted(self) -> FacilityFilter:
        """What a valid form asks for."""
        return FacilityFilter(**self.asked)
