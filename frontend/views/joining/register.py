"""The first step of a way in: register a group, or take an entry over."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.applying import begin_application, take_first_step
from directory.actions.applying.limits import may_begin, may_take_first_step
from directory.enums import ApplicationKind
from directory.models import Listing
from directory.queries.applications import claimable
from frontend.desk.alike import alike
from frontend.desk.signed_in import SeeOther, signed_in
from frontend.forms.join import FirstStepForm
from frontend.views.account.answers import by_field, form_page
from network.models import Person
from network.tenancy import Actor, Via, acting, visitor


@dataclass(frozen=True, slots=True)
class Way:
    """Which way in it is: the entry that is taken over, the place where a group begins."""

    kind: ApplicationKind
    listing: Listing | None = None
    place: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The three ways in, and the first step of a group that is not here yet."""
    person = signed_in(request)
    form = FirstStepForm(request.POST or None, person=person)
    context: dict[str, Any] = {"account": person}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "frontend/join/join.html", form, **context)
    found = [] if request.POST.get("seen") else alike(form.cleaned_data["name"])
    if found:
        return form_page(request, "frontend/join/join.html", form, found=found, **context)
    return begin_way(request, "frontend/join/join.html", form, Way(ApplicationKind.REGISTER))


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step of taking an entry over; 404 for what nobody can take over."""
    listing = claimable(slug)
    if listing is None:
        raise Http404
    person = signed_in(request)
    form = FirstStepForm(request.POST or None, person=person, listing=listing)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "frontend/join/claim.html", form, listing=listing, account=person
        )
    way = Way(ApplicationKind.CLAIM, listing)
    return begin_way(request, "frontend/join/claim.html", form, way)


@require_safe
def alike_names(request: HttpRequest) -> HttpResponse:
    """Public entries with such a name, `{alike: [{name, address}]}`, while one types."""
    rows = [{"name": one.name, "address": one.address} for one in alike(request.GET.get("q", ""))]
    return JsonResponse({"alike": rows}, json_dumps_params={"ensure_ascii": False})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now, the same for every address."""
    return render(request, "frontend/join/sent.html")


def begin_way(
    request: HttpRequest, template: str, form: FirstStepForm, way: Way, **context: Any
) -> HttpResponse:
    """Take a valid first step: a mail with a link, or the application of who is signed in."""
    person = signed_in(request)
    context |= {"listing": way.listing, "account": person}
    if not _is_allowed(form, person):
        form.add_error(None, _("This was asked for too often today. Try again tomorrow."))
        return form_page(request, template, form, status=HTTPStatus.TOO_MANY_REQUESTS, **context)
    try:
        return _taken(form, person, way)
    except ValidationError as error:
        form.take_errors(by_field(error))
        return form_page(request, template, form, **context)


def _is_allowed(form: FirstStepForm, person: Person | None) -> bool:
    if person is not None:
        return may_begin(person.pk)
    return may_take_first_step(form.cleaned_data["email"])


def _taken(form: FirstStepForm, person: Person | None, way: Way) -> HttpResponse:
    kind, slug = way.kind, way.listing.slug if way.listing else ""
    answers = form.answers(person, way.listing)
    if way.place:
        answers["places"] = way.place
    language = get_language() or settings.LANGUAGE_CODE
    if person is None:
        with acting(visitor()) as nobody:
            take_first_step(
                nobody,
                kind=kind,
                email=form.cleaned_data["email"],
                language=language,
                answers=answers,
                listing_slug=slug,
            )
        return SeeOther(reverse("join:sent"))
    with acting(Actor(via=Via.PAGE, person_id=person.pk)) as actor:
        begun = begin_application(
            actor, kind=kind, answers=answers, language=language, listing_slug=slug
        )
    return SeeOther(reverse("desk:application", args=[begun.slug]))
