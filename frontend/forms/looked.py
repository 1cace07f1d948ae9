"""The question whether somebody in detention could be recognised from what was written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from network.identifying import is_question

FIELD = "has_looked"


def has_looked(request: HttpRequest) -> bool:
    """Whether the box was ticked: for the `has_looked` of an action."""
    return request.POST.get(FIELD) == "on"


class AsksToLook(forms.Form):
    """A form whose texts become public; `frontend/components/looked.html` shows the box.

    It is there once an action has asked, see `heed`, and stays where it was ticked.
    """

    _is_asked = False

    def heed(self, error: ValidationError) -> None:
        """Show the box where this refusal can be answered with it."""
        self._is_asked = self._is_asked or is_question(error)

    @property
    def has_looked(self) -> bool:
        """Whether the box was ticked."""
        data: Any = self.data
        return bool(self.is_bound and data.get(FIELD) == "on")

    @property
    def asks_to_look(self) -> bool:
        """Whether the box is shown."""
        return self._is_asked or self.has_looked
