"""The parameters of the feed of visits."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.queries.facilities import facility_by_slug
from directory.queries.visiting_state import Subject
from frontend.following.words import name_of
from frontend.forms.feed_form import FeedForm


class AccessFeedForm(FeedForm):
    """A place or a country, or neither for all of them."""

    def __init__(self, data: Any) -> None:
        """A form that reads the parameters of an address."""
        super().__init__(data)
        for name in set(self.fields) - {"country", "facility"}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The parameters, at most one of which is given."""
        found = self.cleaned_data
        if found.get("country") and found.get("facility"):
            words = _("Ask for a place or for a country, not for both.")
            self.add_error("country", ValidationError(words, code="both"))
        return found

    @property
    def subject(self) -> Subject | None:
        """What a valid form asks about. At most two queries."""
        if slug := self.cleaned_data["facility"]:
            return Subject(facility=facility_by_slug(slug))
        return Subject(country=self.land) if self.land else None


def heading_of(subject: Subject | None) -> str:
    """What the feed about a place, a country or all of them is called."""
    if subject is None:
        return _now("What changed about visits")
    return _now("What changed about visits: %(place)s") % {"place": name_of(subject)}
