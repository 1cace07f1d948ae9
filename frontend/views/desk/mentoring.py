"""Help for beginners at a group's desk: what it offers, what it asked, what it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.mentoring import (
    answer_request,
    ask_mentor,
    end_mentoring,
    offer_help,
    withdraw_request,
)
from directory.models import Facility, MentorRequest, OrganizationCard
from directory.queries.countries import all_countries
from directory.queries.mentors import (
    Wanted,
    cards_of,
    mentors_for,
    open_offer,
    own_offer,
    requests_from,
    requests_to,
)
from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther
from frontend.forms.desk.mentoring import AnswerForm, AskForm, FindForm, OfferForm
from frontend.views.account.answers import form_page
from network.enums import OrganizationStatus
from network.permissions import Permission

PART = "mentoring"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the page shows it: with the other group, where it still has a public card."""

    request: MentorRequest
    other: OrganizationCard | None


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def mentoring(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the group offers, who asked it, whom it asked."""
    received = list(requests_to(desk.actor)[:SHOWN])
    sent = list(requests_from(desk.actor)[:SHOWN])
    cards = cards_of({one.organization_id for one in received} | {one.mentor_id for one in sent})
    context = {
        **_of(desk),
        "offer": own_offer(desk.actor),
        "received": [Row(one, cards.get(one.organization_id)) for one in received],
        "sent": [Row(one, cards.get(one.mentor_id)) for one in sent],
    }
    return render(request, "frontend/desk/mentoring/mentoring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MENTOR_OFFER)
def offer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form of one's own offer."""
    present = own_offer(desk.actor)
    initial = {
        "is_open": "yes" if present and present.is_open else "no",
        "text": present.text if present else "",
        "languages": present.languages if present else desk.organization.languages,
    }
    form = OfferForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            offer_help(desk.actor, **form.cleaned_data, has_looked=form.has_looked)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return _back(desk)
    return form_page(request, "frontend/desk/mentoring/offer.html", form, **_of(desk))


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who offers help, those who have most in common with what is looked for first."""
    asked = request.GET or {
        "country": desk.organization.country,
        "languages": ", ".join(desk.organization.languages),
    }
    form = FindForm(asked, all_countries())
    status = 200 if form.is_valid() else 400
    place = _place(form.cleaned_data.get("facility", ""))
    wanted = Wanted(
        country=form.cleaned_data.get("country", ""),
        facility=place,
        languages=frozenset(form.cleaned_data.get("languages") or ()),
    )
    context = {**_of(desk), "form": form, "place": place}
    context["matches"] = mentors_for(desk.actor, wanted) if status == 200 else []
    return render(request, "frontend/desk/mentoring/find.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MENTOR_OFFER)
def ask(request: HttpRequest, desk: Desk, mentor_id: UUID) -> HttpResponse:
    """The form of a request to one group that offers help."""
    offered = open_offer(desk.actor, mentor_id)
    mentor = OrganizationCard.objects.get(pk=mentor_id)
    place = _place(request.GET.get("facility", ""))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_mentor(
                desk.actor,
                mentor_id=mentor_id,
                facility=place,
                **form.cleaned_data,
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sent. Their coordinators get a mail."))
            return _back(desk)
    return form_page(
        request,
        "frontend/desk/mentoring/ask.html",
        form,
        **_of(desk),
        mentor=mentor,
        offer=offered,
        place=place,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.MENTOR_OFFER)
def answer(request: HttpRequest, desk: Desk, request_id: UUID) -> HttpResponse:
    """A request that the group was sent, with yes and no."""
    asked = requests_to(desk.actor).get(pk=request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(
                desk.actor,
                request_id=request_id,
                is_accepted=request.POST.get("says") == "yes",
                **form.cleaned_data,
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("They have your answer."))
            return _back(desk)
    asker = cards_of([asked.organization_id]).get(asked.organization_id)
    return form_page(
        request,
        "frontend/desk/mentoring/answer.html",
        form,
        **_of(desk),
        asked=asked,
        asker=asker,
    )


@require_POST
@desk_page(Permission.MENTOR_OFFER)
def withdraw(request: HttpRequest, desk: Desk, request_id: UUID) -> HttpResponse:
    """Take back a request that was not answered."""
    withdraw_request(desk.actor, request=requests_from(desk.actor).get(pk=request_id))
    messages.success(request, _("Taken back."))
    return _back(desk)


@require_POST
@desk_page(Permission.MENTOR_OFFER)
def end(request: HttpRequest, desk: Desk, request_id: UUID) -> HttpResponse:
    """End what was agreed, from either side."""
    end_mentoring(desk.actor, request_id=request_id)
    messages.success(request, _("Ended. The other group gets a mail."))
    return _back(desk)


def _of(desk: Desk) -> dict[str, Any]:
    is_verified = desk.organization.status == OrganizationStatus.VERIFIED
    return {"desk": desk, "part": PART, "is_verified": is_verified}


def _place(slug: str) -> Facility | None:
    return Facility.objects.filter(slug=slug).first() if slug else None


def _back(desk: Desk) -> HttpResponse:
    return SeeOther(reverse("desk:mentoring", args=[desk.organization.slug]))
