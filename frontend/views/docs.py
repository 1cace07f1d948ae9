"""The documentation: four shelves, and one page for each document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy

from frontend import documents
from frontend.markup import ORIGINAL

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


def _shelf(name: str, language: str) -> dict[str, object]:
    """A shelf with its documents, and whether some or all of them are in another language."""
    found = documents.shelf(name, language)
    others = [one for one in found if one.language != language]
    return {
        "name": name,
        "title": SHELVES[name][0],
        "purpose": SHELVES[name][1],
        "documents": found,
        "has_others": bool(others),
        "is_other": len(others) == len(found),
    }


def _shelves(language: str) -> list[dict[str, object]]:
    """Every shelf that holds something."""
    shelves = (_shelf(name, language) for name in documents.SHELVES)
    return [shelf for shelf in shelves if shelf["documents"]]


def index(request: HttpRequest) -> HttpResponse:
    """All shelves with the titles of their documents."""
    context = {"section": "docs", "shelves": _shelves(get_language() or ORIGINAL)}
    return render(request, "frontend/pages/docs.html", context)


def page(request: HttpRequest, page: str) -> HttpResponse:
    """One document beside the titles of its shelf, in the page's language where it is translated.

    Raises:
        Http404: there is no document of that name.
    """
    language = get_language() or ORIGINAL
    document = documents.document(page, language)
    if document is None:
        raise Http404
    context = {
        "section": "docs",
        "document": document,
        "shelf": _shelf(documents.shelf_of(page), language),
        "original": ORIGINAL,
    }
    return render(request, "frontend/pages/document.html", context)
