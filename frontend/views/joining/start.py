"""The first step of a group that wants to begin where nobody visits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from directory.enums import ApplicationKind
from directory.queries.starting import place_to_start_at
from frontend.desk.signed_in import signed_in
from frontend.forms.join import FirstStepForm
from frontend.views.account.answers import form_page
from frontend.views.joining.register import Way, begin_way

TEMPLATE = "frontend/join/start.html"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for help to begin: where, the group's name, and who asks."""
    person = signed_in(request)
    place = place_to_start_at(request.GET.get("facility", "")[:160])
    country = place.country.iso2 if place else request.GET.get("country", "")[:2].upper()
    form = FirstStepForm(request.POST or None, person=person, initial={"country": country})
    context: dict[str, Any] = {"account": person, "place": place}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, TEMPLATE, form, **context)
    way = Way(ApplicationKind.START, place=place.name if place else "")
    return begin_way(request, TEMPLATE, form, way, place=place)
