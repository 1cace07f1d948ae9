"""The parameters of the page that others put into theirs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from frontend.forms.fields import WordField
from frontend.forms.program_filter import ProgramFilterForm

LIST, MAP = "list", "map"


class EmbedForm(ProgramFilterForm):
    """The filters of the list, and which part of it is shown."""

    part = WordField(
        _("Show"),
        _("List and map"),
        [(LIST, _("Only the list")), (MAP, _("Only the map"))],
        _("Choose one of the list, for example “map”."),
    )

    @property
    def filter_query(self) -> str:
        """The filters in force as the part of an address after the question mark."""
        return urlencode({name: value for name, value in self.asked.items() if name != "part"})

    @property
    def has_list(self) -> bool:
        """Whether the list is shown."""
        return str(self.cleaned_data["part"]) != MAP

    @property
    def has_map(self) -> bool:
        """Whether the map is shown."""
        return str(self.cleaned_data["part"]) != LIST
