"""What all views of HSDS have in common: one form of answer, read only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from api.answers import json_answer
from api.v1.views.public import PublicView


class Reading(PublicView):
    """A view that is only read, and always answers with JSON."""


def answer(document: Mapping[str, Any], mark: str) -> HttpResponse:
    """The document as JSON, to be kept while the directory has this mark."""
    return json_answer(document, mark)
