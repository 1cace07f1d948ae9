"""Where a search leads beside its rows: what the words may mean, and on from an empty list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from directory.queries.ranked import MOST
from directory.queries.search import Suggestion, close_words, suggestions
from frontend.forms.filter_form import FilterForm

SHOWN = 5
PAGES = {
    "program": "frontend:program",
    "facility": "frontend:facility",
    "organization": "frontend:organization",
    "country": "frontend:country",
}


@dataclass(frozen=True, slots=True)
class Lead:
    """Something that words may mean: its name, its language, a detail, and its page."""

    kind: str
    name: str
    language: str
    detail: str
    address: str


def leads(form: FilterForm, total: int, finds: Callable[[str], bool]) -> dict[str, Any]:
    """What a list says of the words it was asked for.

    `meanings` are pages with such a name, `corrected` the question that would find something
    where nothing was found, `fewer` the same search without one of its filters where that finds
    anything (`finds` says so of a filter's name), and `is_capped` says that only the best were
    ranked. Where something was found and no words were given, no query is made.
    """
    words = form.cleaned_data.get("q", "")
    return {
        "meanings": meanings(words) if words else [],
        "corrected": close_words(words) if words and not total else "",
        "fewer": _fewer(form, finds) if not total else [],
        "is_capped": form.is_ranked and total >= MOST,
    }


def meanings(words: str, limit: int = SHOWN) -> list[Lead]:
    """The pages that words may mean, best first, without programs: these stand in the list."""
    found = suggestions(words, get_language() or "en", limit * 2)
    return [lead_from(one) for one in found if one.kind != "program"][:limit]


def lead_from(one: Suggestion) -> Lead:
    """A suggestion as a link; a town leads to what is near it."""
    if one.kind == "place":
        query = urlencode({"near": one.name, "country": one.country})
        address = f"{reverse('frontend:programs')}?{query}"
    else:
        slug = one.country if one.kind == "country" else one.slug
        address = reverse(PAGES[one.kind], args=[slug])
    return Lead(one.kind, one.name, one.name_language, one.detail, address)


def _fewer(form: FilterForm, finds: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Label and search without each of several filters in force, where that finds anything."""
    asked = form.asked
    if len(asked) < 2:
        return []
    return [
        (str(form.fields[name].label), urlencode({k: v for k, v in asked.items() if k != name}))
        for name in asked
        if finds(name)
    ]
