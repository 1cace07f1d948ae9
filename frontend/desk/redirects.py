"""Ways on after something was done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from frontend.desk.page import Desk


def see(name: str, desk: Desk, query: dict[str, str] | None = None, **kwargs: Any) -> HttpResponse:
    """303 to a page of the same desk, so that loading it again sends nothing again."""
    address = reverse(name, kwargs={"organization": desk.organization.slug, **kwargs})
    if query:
        address = f"{address}?{urlencode(query)}"
    answer = HttpResponseRedirect(address)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
