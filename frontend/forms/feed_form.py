"""The parameters of the feed of programs."""

from __future__ import annotations

from typing import Any

from directory.queries.listings import ListingWords
from frontend.forms.program_filter import ProgramFilterForm

# They order a list or turn its pages. A feed has an order of its own and one page.
_OF_LISTS_ALONE = ("near", "cursor")


class FeedForm(ProgramFilterForm):
    """The filters of the list; nothing is offered, since nobody sees a form."""

    def __init__(self, data: Any) -> None:
        """A form that reads the parameters of an address."""
        super().__init__(data, (), ListingWords((), ()))
        for name in _OF_LISTS_ALONE:
            del self.fields[name]
