"""Objecting to who took an entry over."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.applying import object_to_claim
from directory.actions.applying.limits import may_object
from directory.queries.applications import listing_at
from directory.queries.disputes import disputed_application
from frontend.forms.join import ObjectionForm
from frontend.views.account.answers import form_page
from network.tenancy import acting, visitor

_PAGE = "frontend/join/object.html"


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, for 14 days after a claim; 404 for any other entry and for none."""
    listing = listing_at(slug)
    if listing is None or disputed_application(listing) is None:
        raise Http404
    form = ObjectionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, _PAGE, form, listing=listing)
    if not may_object(slug):
        form.add_error(None, _("This was asked for too often today. Try again tomorrow."))
        return form_page(
            request, _PAGE, form, status=HTTPStatus.TOO_MANY_REQUESTS, listing=listing
        )
    try:
        with acting(visitor()) as nobody:
            object_to_claim(
                nobody,
                listing=listing,
                text=form.cleaned_data["text"],
                email=form.cleaned_data["email"],
                language=get_language() or settings.LANGUAGE_CODE,
                has_looked=form.has_looked,
            )
    except ValidationError as error:
        form.refuse(error)
        return form_page(request, _PAGE, form, listing=listing)
    return render(request, "frontend/join/objected.html", {"listing": listing})
