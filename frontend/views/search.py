"""One search over everything: programs, places, organizations, countries and towns by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from directory.queries.search import close_words, suggestions
from frontend.forms.search_form import SearchForm
from frontend.leads import lead_from
from frontend.templatetags.gazetteer import meaning_kind

SHOWN, SUGGESTED = 30, 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What has a name like the words, each kind by itself; 400 for words that are none."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "frontend/pages/search.html", {"form": form}, status=400)
    words = form.cleaned_data["q"]
    found = [lead_from(one) for one in suggestions(words, get_language() or "en", SHOWN)]
    context = {
        "form": form,
        "words": words,
        "found": found,
        "corrected": close_words(words) if words and not found else "",
    }
    return render(request, "frontend/pages/search.html", context)


@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    """The first of the same as JSON, `{suggestions: [{name, kind, address}]}`, while one types."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    language = get_language() or "en"
    found = suggestions(form.cleaned_data["q"], language, SUGGESTED)
    leads = [lead_from(one) for one in found]
    rows = [{"name": one.name, "kind": meaning_kind(one), "address": one.address} for one in leads]
    return JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})
