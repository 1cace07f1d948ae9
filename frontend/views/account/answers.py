"""How pages with one form answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontend.forms.account.forms import PlainForm

UNPROCESSABLE = 422


def form_page(
    request: HttpRequest, template: str, form: PlainForm, status: int = 0, **context: Any
) -> HttpResponse:
    """The page with its form; 422 where the form has errors."""
    status = status or (UNPROCESSABLE if form.is_bound and form.errors else 200)
    return render(request, template, {"form": form, **context}, status=status)


def by_field(error: ValidationError, fallback: str = "") -> dict[str, list[str]]:
    """The messages of a refusal by field; all under `fallback` where it names none."""
    if hasattr(error, "error_dict"):
        return error.message_dict
    return {fallback: error.messages}
