"""The page that shows every component in every state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontend.specimens import ARABIC, ENGLISH
from frontend.templatetags.atlas import ICONS

COLOURS = [
    "paper",
    "paper-2",
    "ink",
    "ink-2",
    "edge",
    "rule",
    "accent",
    "accent-2",
    "ok",
    "part",
    "stop",
    "none",
    "sea",
]  # the names of the tokens, as the classes of the swatches write them
HALVES = (("en", "ltr", ENGLISH), ("ar", "rtl", ARABIC))


def components(request: HttpRequest) -> HttpResponse:
    """Every component, once from left to right and once from right to left. No query."""
    context = {
        "halves": HALVES,
        "colours": COLOURS,
        "icons": sorted(ICONS),
    }
    return render(request, "frontend/pages/components.html", context)
