"""A list and a map for the pages of others: framed by anyone, without forms or cookies."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.queries.countries import countries_with_programs
from directory.queries.listings import listing_words
from directory.queries.map_pyramid import Layer
from frontend.forms.embed_form import EmbedForm
from frontend.plates import beside_list
from frontend.views.programs import listed_programs


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": [NONE], "script-src": [NONE]})
def programs(request: HttpRequest) -> HttpResponse:
    """The first programs that fit the filters of the address, for a frame on another site."""
    form = EmbedForm(request.GET, countries_with_programs(), listing_words())
    origin = settings.PUBLIC_ORIGIN
    context: dict[str, Any] = {"form": form, "whole": origin + reverse("frontend:programs")}
    status = 200 if form.is_valid() else 400
    if status == 200:
        context["whole"] += f"?{form.filter_query}"
        context["listed"], context["distances"] = listed_programs(form)
        context |= beside_list(
            context["listed"].page.rows,
            form,
            Layer.PROGRAMS,
            without_numbers=not form.has_list,
        )
    response = render(request, "frontend/pages/embed.html", context, status=status)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
