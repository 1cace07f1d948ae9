"""The documentation: four shelves, and one page for each document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy

from frontend import documents

# The documents are written in this language; pages say so where theirs is another.
LANGUAGE = "en"

SHELVES = {
    "people": (
        pgettext_lazy("shelf of the documentation", "For everybody"),
        pgettext_lazy(
            "shelf of the documentation",
            "How to visit, how to be visited, and how to read what stands here.",
        ),
    ),
    "operators": (
        pgettext_lazy("shelf of the documentation", "For those who run a node"),
        pgettext_lazy(
            "shelf of the documentation", "How to install one, keep it, and answer for it."
        ),
    ),
    "developers": (
        pgettext_lazy("shelf of the documentation", "For those who build on it"),
        pgettext_lazy("shelf of the documentation", "How the code is laid out, and its files."),
    ),
    "decisions": (
        pgettext_lazy("shelf of the documentation", "Decisions"),
        pgettext_lazy(
            "shelf of the documentation", "What was decided, and what was left, with the reasons."
        ),
    ),
}


def _shelves() -> list[dict[str, object]]:
    """Every shelf that holds something, with its documents."""
    filled = ((name, documents.shelf(name)) for name in documents.SHELVES)
    return [
        {
            "name": name,
            "title": SHELVES[name][0],
            "purpose": SHELVES[name][1],
            "documents": found,
        }
        for name, found in filled
        if found
    ]


def index(request: HttpRequest) -> HttpResponse:
    """All shelves with the titles of their documents."""
    context = {"section": "docs", "shelves": _shelves(), "docs_language": LANGUAGE}
    return render(request, "frontend/pages/docs.html", context)


def page(request: HttpRequest, page: str) -> HttpResponse:
    """One document beside the titles of its shelf.

    Raises:
        Http404: there is no document of that name.
    """
    document = documents.document(page)
    if document is None:
        raise Http404
    name = documents.shelf_of(page)
    context = {
        "section": "docs",
        "document": document,
        "shelf": {"name": name, "title": SHELVES[name][0], "documents": documents.shelf(name)},
        "docs_language": LANGUAGE,
    }
    return render(request, "frontend/pages/document.html", context)
