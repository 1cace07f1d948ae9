"""The page for those who want to begin where nobody visits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.queries.countries import all_countries
from directory.queries.starting import guide_for, places_to_choose
from frontend.forms.start_form import StartForm
from frontend.starting import PREPARE, who_decides


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Steps for a country and a kind of place, drawn from the directory; 400 for nonsense."""
    form = StartForm(request.GET, all_countries())
    context: dict[str, Any] = {"section": "start", "form": form}
    if not form.is_valid():
        return render(request, "frontend/pages/start.html", context, status=400)
    if form.land is not None:
        guide = guide_for(form.land, form.facility, timezone.localdate())
        context |= {
            "guide": guide,
            "deciding": who_decides(guide),
            "steps": PREPARE,
            "places": [] if guide.place else list(places_to_choose(form.land)),
        }
    return render(request, "frontend/pages/start.html", context)
